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
@description('Of a network that Azure manages for what runs in the workspace: Disabled, AllowInternetOutbound or AllowOnlyApprovedOutbound. Never back to Disabled.')
param isolationMode string = 'Disabled'
@description('[{ name, serviceId, target }]: what is reached from that network through a private endpoint in it.')
param reached array = []
@description('Host names that may be reached from it, where only what is approved may. Each kind of firewall costs by the hour once there is one.')
param allowedHosts array = []
@description('Of the firewall that Azure makes for the first host name: Standard or Basic.')
param firewallSku string = 'Standard'

// The workspace's own storage, vault and registry need no rule: Azure makes those itself where their public access is off.
var privateRules = toObject(reached, rule => rule.name, rule => {
  type: 'PrivateEndpoint'
  category: 'UserDefined'
  destination: {
    serviceResourceId: rule.serviceId
    subresourceTarget: rule.target
    sparkEnabled: false
  }
})
var hostRules = toObject(allowedHosts, host => 'host-${uniqueString(host)}', host => {
  type: 'FQDN'
  category: 'UserDefined'
  destination: host
})
var managedNetwork = {
  isolationMode: isolationMode
  firewallSku: firewallSku
  outboundRules: union(privateRules, isolationMode == 'AllowOnlyApprovedOutbound' ? hostRules : {})
}

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
    managedNetwork: isolationMode == 'Disabled' ? null : managedNetwork
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
