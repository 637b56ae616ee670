// Where the containers run. With a subnet it is reached from inside the network only, unless public ingress is asked for.
param name string
param location string
param tags object
@description('Empty: an environment without a network of ours.')
param subnetId string
@description('Network in which the environment is found by name; needed with a subnet and without public ingress.')
param networkId string
param publicIngress bool
param zoneRedundant bool
param logsId string

var internal = !empty(subnetId) && !publicIngress
var insideNetwork = {
  infrastructureSubnetId: subnetId
  internal: internal
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    // Logs leave through the diagnostic setting below, so that no key of the log workspace is needed.
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    vnetConfiguration: empty(subnetId) ? null : insideNetwork
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    peerAuthentication: {
      mtls: {
        enabled: true
      }
    }
    zoneRedundant: zoneRedundant && !empty(subnetId)
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
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

module names 'environment-names.bicep' = if (internal) {
  name: '${name}-names'
  params: {
    domain: environment.properties.defaultDomain
    address: environment.properties.staticIp
    networkId: networkId
    tags: tags
  }
}

output id string = environment.id
output domain string = environment.properties.defaultDomain
