// One private endpoint of one service, with its names in the private zones.
param name string
param location string
param tags object
param subnetId string
param serviceId string
@description('What of the service is reached: blob, file, vault, registry, postgresqlServer, amlworkspace.')
param groupId string
param zoneIds array

resource endpoint 'Microsoft.Network/privateEndpoints@2024-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: groupId
        properties: {
          privateLinkServiceId: serviceId
          groupIds: [groupId]
        }
      }
    ]
  }
}

resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-01-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      for (zoneId, index) in zoneIds: {
        name: 'zone${index}'
        properties: {
          privateDnsZoneId: zoneId
        }
      }
    ]
  }
}
