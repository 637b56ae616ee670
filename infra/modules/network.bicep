// A network of its own: one subnet each for the apps, the private endpoints and the training machines.
// A hospital with a hub network leaves this module out by giving `existingNetwork` to main.bicep.
param name string
param location string
param tags object
@description('At least /20: it is divided into /23 for apps, /24 for private endpoints and /22 for training machines.')
param addressPrefix string

var subnetPrefixes = {
  apps: cidrSubnet(addressPrefix, 23, 0)
  endpoints: cidrSubnet(addressPrefix, 24, 2)
  clusters: cidrSubnet(addressPrefix, 22, 1)
}

// Nothing here is reached from the internet; machines without a public address leave through the NAT gateway.
resource securityGroup 'Microsoft.Network/networkSecurityGroups@2024-01-01' = {
  name: '${name}-inside'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'DenyInternetInbound'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource outboundAddress 'Microsoft.Network/publicIPAddresses@2024-01-01' = {
  name: '${name}-outbound'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource natGateway 'Microsoft.Network/natGateways@2024-01-01' = {
  name: '${name}-outbound'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    idleTimeoutInMinutes: 10
    publicIpAddresses: [
      {
        id: outboundAddress.id
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressPrefix]
    }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: subnetPrefixes.apps
          natGateway: {
            id: natGateway.id
          }
          delegations: [
            {
              name: 'container-apps'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: subnetPrefixes.endpoints
          networkSecurityGroup: {
            id: securityGroup.id
          }
        }
      }
      {
        name: 'clusters'
        properties: {
          addressPrefix: subnetPrefixes.clusters
          networkSecurityGroup: {
            id: securityGroup.id
          }
          natGateway: {
            id: natGateway.id
          }
        }
      }
    ]
  }
}

output networkId string = network.id
output appsSubnetId string = '${network.id}/subnets/apps'
output endpointsSubnetId string = '${network.id}/subnets/endpoints'
output clustersSubnetId string = '${network.id}/subnets/clusters'
