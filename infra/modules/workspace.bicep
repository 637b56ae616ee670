// The Azure Machine Learning workspace, and our data container as a datastore that is reached by identity, without a key.
param name string
param location string
param tags object
param identityId string
param storageId string
param vaultId string
param registryId string
param insightsId string
param publicAccess bool
@description('How the service opens its own storage account: Identity, UserDelegationSAS or AccessKey.')
param storageAccess string
@description('Cluster that builds images: a workspace whose registry is private cannot build in the registry itself.')
param imageBuildCluster string
param datastoreName string
param dataAccountName string
param dataContainer string
param logsId string

resource workspace 'Microsoft.MachineLearningServices/workspaces@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'Default'
  sku: {
    name: 'Basic'
    tier: 'Basic'
  }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    friendlyName: name
    primaryUserAssignedIdentity: identityId
    storageAccount: storageId
    keyVault: vaultId
    containerRegistry: registryId
    applicationInsights: insightsId
    // Patient data: Microsoft collects less diagnostic data, and local disks of the clusters are encrypted. Not changeable later.
    hbiWorkspace: true
    systemDatastoresAuthMode: storageAccess
    imageBuildCompute: empty(imageBuildCluster) ? null : imageBuildCluster
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    v1LegacyMode: false
  }
}

resource datastore 'Microsoft.MachineLearningServices/workspaces/datastores@2024-04-01' = {
  parent: workspace
  name: datastoreName
  properties: {
    datastoreType: 'AzureBlob'
    accountName: dataAccountName
    containerName: dataContainer
    endpoint: environment().suffixes.storage
    protocol: 'https'
    // A job reads and writes as its cluster's identity; the service itself sees nothing.
    serviceDataAccessAuthIdentity: 'None'
    credentials: {
      credentialsType: 'None'
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: workspace
  name: 'to-log-analytics'
  properties: {
    workspaceId: logsId
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

output id string = workspace.id
output name string = workspace.name
