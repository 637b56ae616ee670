// Lets the gateway ask served models and do nothing else: no built-in role is as small. A role only; access.bicep gives it.
param name string

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, name, 'endpoint-caller')
  properties: {
    // Names of roles are unique in a directory, and there may be more than one installation in it.
    roleName: '${name} endpoint caller (${resourceGroup().name})'
    description: 'Asks models served by managed online endpoints, nothing else.'
    type: 'customRole'
    permissions: [
      {
        actions: [
          'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'
        ]
        notActions: []
      }
    ]
    assignableScopes: [resourceGroup().id]
  }
}

output role string = role.name
