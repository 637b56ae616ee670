// Lets the control plane see quotas and usage before money is spent. Azure keeps them at the subscription, where no
// built-in role is as small as this.
targetScope = 'subscription'

param name string
@description('Principal ids that may read quotas.')
param principalIds array

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, name, 'quota-reader')
  properties: {
    roleName: '${name} quota reader'
    description: 'Reads quotas, usage and machine sizes of Azure Machine Learning, nothing else.'
    type: 'customRole'
    permissions: [
      {
        actions: [
          'Microsoft.MachineLearningServices/locations/*/read'
        ]
        notActions: []
      }
    ]
    assignableScopes: [subscription().id]
  }
}

resource readers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in principalIds: {
    name: guid(subscription().id, principalId, 'quota-reader')
    properties: {
      roleDefinitionId: role.id
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: 'sees quotas before a job is submitted'
    }
  }
]
