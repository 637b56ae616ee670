// The machines that train. They cost while nodes exist: with minNodes 0 an idle cluster has none.
param workspaceName string
param location string
param tags object
@description('See main.bicep for the shape.')
param clusters array
@description('Empty: the machines are in a network of the service, or in the one that it manages for the workspace.')
param subnetId string
@description('Whether each machine gets a public address.')
param publicNodes bool
param identityId string

var subnet = {
  id: subnetId
}

resource workspace 'Microsoft.MachineLearningServices/workspaces@2025-06-01' existing = {
  name: workspaceName
}

resource computes 'Microsoft.MachineLearningServices/workspaces/computes@2024-04-01' = [
  for cluster in clusters: {
    parent: workspace
    name: cluster.name
    location: location
    tags: tags
    identity: {
      type: 'UserAssigned'
      userAssignedIdentities: {
        '${identityId}': {}
      }
    }
    properties: {
      computeType: 'AmlCompute'
      computeLocation: location
      disableLocalAuth: true
      properties: {
        osType: 'Linux'
        vmSize: cluster.vmSize
        vmPriority: cluster.lowPriority ? 'LowPriority' : 'Dedicated'
        enableNodePublicIp: publicNodes
        remoteLoginPortPublicAccess: 'Disabled'
        subnet: empty(subnetId) ? null : subnet
        scaleSettings: {
          minNodeCount: cluster.minNodes
          maxNodeCount: cluster.maxNodes
          nodeIdleTimeBeforeScaleDown: cluster.idle
        }
      }
    }
  }
]

output names array = [for cluster in clusters: cluster.name]
