// Lets the API put new clusters into the subnet for training machines. The network may be the platform team's, in a resource
// group of its own, where this is then deployed: that is why it gives its rights itself.
param name string
@description('Keeps the roles of several installations on one network apart.')
param installation string
param networkName string
param subnetName string
@description('Whoever makes clusters: the API.')
param principalId string

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' existing = {
  name: networkName
}
resource subnet 'Microsoft.Network/virtualNetworks/subnets@2024-01-01' existing = {
  parent: network
  name: subnetName
}

// Azure asks for a right on the network and for another on the subnet: one role each, so that other subnets stay closed.
resource onNetworkRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, installation, 'network-joiner')
  properties: {
    roleName: '${name} network joiner (${installation})'
    description: 'Reads a virtual network and joins it; a subnet of it takes another right.'
    type: 'customRole'
    permissions: [
      {
        actions: [
          'Microsoft.Network/virtualNetworks/read'
          'Microsoft.Network/virtualNetworks/join/action'
        ]
        notActions: []
      }
    ]
    assignableScopes: [resourceGroup().id]
  }
}
resource onSubnetRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, installation, 'subnet-joiner')
  properties: {
    roleName: '${name} subnet joiner (${installation})'
    description: 'Puts machines into a subnet, nothing else.'
    type: 'customRole'
    permissions: [
      {
        actions: [
          'Microsoft.Network/virtualNetworks/subnets/read'
          'Microsoft.Network/virtualNetworks/subnets/join/action'
        ]
        notActions: []
      }
    ]
    assignableScopes: [resourceGroup().id]
  }
}

resource onNetwork 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: network
  name: guid(network.id, principalId, 'network-joiner')
  properties: {
    roleDefinitionId: onNetworkRole.id
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: 'operators make clusters inside the network'
  }
}
resource onSubnet 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: subnet
  name: guid(subnet.id, principalId, 'subnet-joiner')
  properties: {
    roleDefinitionId: onSubnetRole.id
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: 'in the subnet for training machines alone'
  }
}
