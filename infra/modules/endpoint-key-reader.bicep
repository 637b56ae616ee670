// Lets the gateway ask for the keys of endpoints that take keys: no built-in role is as small. A role only; access.bicep gives it.
param name string

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, name, 'endpoint-key-reader')
  properties: {
    // Names of roles are unique in a directory, and there may be more than one installation in it.
    roleName: '${name} endpoint key reader (${resourceGroup().name})'
    description: 'Reads where managed online endpoints answer, and their keys; nothing else.'
    type: 'customRole'
    permissions: [
      {
        actions: [
          'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read'
          'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/listKeys/action'
        ]
        notActions: []
      }
    ]
    assignableScopes: [resourceGroup().id]
  }
}

output role string = role.name
