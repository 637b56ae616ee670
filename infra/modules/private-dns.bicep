// Names inside the network resolve to private endpoints. Zones that the platform team already has are used as they are.
param networkId string
param tags object
@description('Zone name to resource id, for zones that exist elsewhere and are linked already.')
param existingZones object

var zoneNames = [
  'privatelink.blob.${environment().suffixes.storage}'
  'privatelink.file.${environment().suffixes.storage}'
  'privatelink.vaultcore.azure.net'
  'privatelink.azurecr.io'
  'privatelink.postgres.database.azure.com'
  'privatelink.api.azureml.ms'
  'privatelink.notebooks.azure.net'
]
var missingZones = filter(zoneNames, zone => !contains(existingZones, zone))

resource zones 'Microsoft.Network/privateDnsZones@2020-06-01' = [
  for zone in missingZones: {
    name: zone
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [
  for (zone, index) in missingZones: {
    parent: zones[index]
    name: uniqueString(networkId)
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: networkId
      }
    }
  }
]

var ids = [
  for zone in zoneNames: contains(existingZones, zone) ? existingZones[zone] : resourceId('Microsoft.Network/privateDnsZones', zone)
]

output blobZoneId string = ids[0]
output fileZoneId string = ids[1]
output vaultZoneId string = ids[2]
output registryZoneId string = ids[3]
output postgresZoneId string = ids[4]
output workspaceZoneIds array = [ids[5], ids[6]]
