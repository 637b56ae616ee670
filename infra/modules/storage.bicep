// A storage account without keys, unless asked for: every caller signs in. Versions and soft delete guard against a wrong deletion.
param name string
param location string
param tags object
param containers array
param zoneRedundant bool
param publicAccess bool
@description('Lets account keys open it. Only for the workspace\'s own account; see main.bicep.')
param allowKeys bool = false
@minValue(7)
@maxValue(365)
param softDeleteDays int
@description('Name of a container whose blobs cannot be changed or deleted before their time; empty for none.')
param immutableContainer string = ''
@description('Days. The policy is made unlocked; README.md says how to lock it, which nobody can undo.')
param immutableDays int = 1
@description('Once the policy is locked: it is left alone, because a locked one refuses to be written again.')
param immutableLocked bool = false
@description('What ends by itself: [{ name, prefix, blobTypes, after }]. The prefix begins with the container; there are no wildcards.')
param expiries array = []
param logsId string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: allowKeys
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
    }
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
      services: {
        blob: {
          enabled: true
          keyType: 'Account'
        }
        file: {
          enabled: true
          keyType: 'Account'
        }
      }
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    changeFeed: {
      enabled: true
    }
    deleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
    // Tells a staged copy that jobs still read from one that nobody needs.
    lastAccessTimeTrackingPolicy: {
      enable: true
      name: 'AccessTimeTracking'
    }
  }
}

var everyBlob = {
  blobTypes: ['blockBlob', 'appendBlob']
}
var inContainers = {
  prefixMatch: map(containers, container => '${container}/')
}
// Without it, versioning would keep what was removed for ever. A version's age counts from when it was written, so an old
// blob's goes with the next daily run; soft delete then keeps it restorable for its own time, counted from that run.
var versionRule = {
  name: 'previousversions'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: empty(containers) ? everyBlob : union(everyBlob, inContainers)
    actions: {
      version: {
        delete: {
          daysAfterCreationGreaterThan: softDeleteDays
        }
      }
    }
  }
}
var expiryRules = [
  for expiry in expiries: {
    name: expiry.name
    enabled: true
    type: 'Lifecycle'
    definition: {
      filters: {
        blobTypes: expiry.blobTypes
        prefixMatch: [expiry.prefix]
      }
      actions: {
        baseBlob: {
          delete: expiry.after
        }
      }
    }
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: concat([versionRule], expiryRules)
    }
  }
  dependsOn: [blobs]
}

resource ordinaryContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [
  for container in containers: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

resource auditContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = if (!empty(immutableContainer)) {
  parent: blobs
  name: empty(immutableContainer) ? 'none' : immutableContainer
  properties: {
    publicAccess: 'None'
  }
}

resource immutability 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2023-05-01' = if (!empty(immutableContainer) && !immutableLocked) {
  parent: auditContainer
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: immutableDays
    allowProtectedAppendWrites: false
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'to-log-analytics'
  properties: {
    workspaceId: logsId
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'Transaction'
        enabled: true
      }
    ]
  }
}

output id string = account.id
output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
