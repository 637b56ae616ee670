// One identity per program, so that each may do only what its own rows in access.bicep say.
param name string
param location string
param tags object
param programs array

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = [
  for program in programs: {
    name: '${name}-${program}'
    location: location
    tags: tags
  }
]

output ids array = [for (program, index) in programs: identities[index].id]
output clientIds array = [for (program, index) in programs: identities[index].properties.clientId]
output principalIds array = [for (program, index) in programs: identities[index].properties.principalId]
