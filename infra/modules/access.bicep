// Who may do what: ONE table. Nothing else in infra/ gives a right, except quota-reader.bicep (subscription scope).
@description('Principal ids by identity: api, worker, gateway, migrations, training, workspace, serving.')
param principalIds object
param appsRegistryName string
param dataAccountName string
param dataContainer string
param auditContainer string
param secretsVaultName string
param workspaceName string
param workspaceStorageName string
param workspaceVaultName string
param workspaceRegistryName string
param insightsName string
param trainingIdentityName string
param servingIdentityName string
@description('The workspace for served models, whose network Azure manages. Empty: there is none, and its rows are left out.')
param servingWorkspaceName string
@description('Name (a GUID) of the role made by endpoint-caller.bicep, or of one that is its like.')
param endpointCallerRole string
@description('The same of endpoint-key-reader.bicep. Empty: the gateway reads no keys, and its row is left out.')
param endpointKeyRole string
@description('Rows whose scope does not exist yet are left out: the workspace is made after its own identity got its rights.')
param withWorkspace bool

// Azure's built-in roles; test/infra.test.ts holds the same ids against their published names.
var roles = {
  AcrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  'Azure AI Enterprise Network Connection Approver': 'b556d68e-0be0-4f35-a333-ad7ee1ce17ea'
  'AzureML Compute Operator': 'e503ece1-11d0-4e8e-8e2c-7a6c3bf38815'
  'AzureML Data Scientist': 'f6c7c914-8db3-469d-8ca1-694a8f32e121'
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c'
  'Key Vault Administrator': '00482a5a-887f-4fb3-b363-3b7fe8e74483'
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6'
  'Managed Identity Operator': 'f1a07417-d97a-45cb-824c-7a7467783830'
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  'Storage Blob Delegator': 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
}
var everyRole = union(roles, {
  'Endpoint caller': endpointCallerRole
  'Endpoint key reader': endpointKeyRole
})

// Scopes: apps-registry, data-container, audit-container, data-account, secret:<name>, workspace, workspace-storage, workspace-vault,
// workspace-registry, insights, training-identity, serving-identity, serving-workspace.
//
// AzureML Data Scientist is the narrowest built-in role that submits jobs and makes endpoints: it reads and writes all in
// the workspace but the workspace itself, its keys and its clusters. Making and resizing clusters is the API's alone.
var assignments = [
  { identity: 'api', scope: 'apps-registry', role: 'AcrPull', why: 'pulls its image' }
  { identity: 'worker', scope: 'apps-registry', role: 'AcrPull', why: 'pulls its image' }
  { identity: 'gateway', scope: 'apps-registry', role: 'AcrPull', why: 'pulls its image' }
  { identity: 'migrations', scope: 'apps-registry', role: 'AcrPull', why: 'pulls its image' }

  { identity: 'migrations', scope: 'secret:database-owner-url', role: 'Key Vault Secrets User', why: 'changes tables; nobody else may' }
  { identity: 'migrations', scope: 'secret:database-url', role: 'Key Vault Secrets User', why: 'gives the application role its password' }
  { identity: 'api', scope: 'secret:database-url', role: 'Key Vault Secrets User', why: 'reads and writes rows' }
  { identity: 'api', scope: 'secret:session-secret', role: 'Key Vault Secrets User', why: 'signs sessions' }
  { identity: 'api', scope: 'secret:signing-key', role: 'Key Vault Secrets User', why: 'signs votes and decisions' }
  { identity: 'api', scope: 'secret:signing-public-key', role: 'Key Vault Secrets User', why: 'shows it to whoever verifies' }
  { identity: 'worker', scope: 'secret:database-url', role: 'Key Vault Secrets User', why: 'claims what is due' }
  { identity: 'worker', scope: 'secret:signing-key', role: 'Key Vault Secrets User', why: 'signs audit heads' }
  { identity: 'worker', scope: 'secret:serving-key', role: 'Key Vault Secrets User', why: 'gives each model it serves itself a bearer' }
  { identity: 'gateway', scope: 'secret:database-url', role: 'Key Vault Secrets User', why: 'reads routes and keys, writes usage' }
  { identity: 'gateway', scope: 'secret:signing-public-key', role: 'Key Vault Secrets User', why: 'verifies decisions; the private key is out of its reach' }
  { identity: 'gateway', scope: 'secret:serving-key', role: 'Key Vault Secrets User', why: 'sends such a model its bearer' }

  { identity: 'api', scope: 'data-container', role: 'Storage Blob Data Contributor', why: 'takes uploads, reads reports' }
  { identity: 'api', scope: 'data-account', role: 'Storage Blob Delegator', why: 'makes short-lived links for browsers' }
  { identity: 'worker', scope: 'data-container', role: 'Storage Blob Data Contributor', why: 'stages inputs, harvests checkpoints' }
  { identity: 'worker', scope: 'data-account', role: 'Storage Blob Delegator', why: 'makes short-lived links for jobs' }
  { identity: 'worker', scope: 'audit-container', role: 'Storage Blob Data Contributor', why: 'puts signed audit heads there; the policy of the container lets nobody change or remove one' }
  { identity: 'training', scope: 'data-container', role: 'Storage Blob Data Contributor', why: 'mounts inputs, writes checkpoints; not the audit container' }

  { identity: 'worker', scope: 'workspace', role: 'AzureML Data Scientist', why: 'submits and cancels jobs; registers code, environments and models; makes endpoints and asks whether they answer' }
  { identity: 'api', scope: 'workspace', role: 'AzureML Data Scientist', why: 'shows logs, quotas and nodes; checks a target before it is saved' }
  { identity: 'api', scope: 'workspace', role: 'AzureML Compute Operator', why: 'operators make, resize and delete clusters' }
  { identity: 'api', scope: 'training-identity', role: 'Managed Identity Operator', why: 'a new cluster is given the training identity' }

  { identity: 'gateway', scope: 'workspace', role: 'Endpoint caller', why: 'asks approved models with a token of its own' }
  { identity: 'gateway', scope: 'workspace', role: 'Endpoint key reader', why: 'asks approved models with their own keys, where a target says so' }

  // Where served models have a workspace of their own: the same as in the other one, but for clusters.
  { identity: 'worker', scope: 'serving-workspace', role: 'AzureML Data Scientist', why: 'makes endpoints there and asks whether they answer' }
  { identity: 'api', scope: 'serving-workspace', role: 'AzureML Data Scientist', why: 'checks the target before it is saved, shows logs' }
  { identity: 'gateway', scope: 'serving-workspace', role: 'Endpoint caller', why: 'asks approved models with a token of its own' }
  { identity: 'gateway', scope: 'serving-workspace', role: 'Endpoint key reader', why: 'asks approved models with their own keys, where a target says so' }
  // Of its own storage, vault and registry it is a Contributor below, who may approve connections too.
  { identity: 'workspace', scope: 'data-account', role: 'Azure AI Enterprise Network Connection Approver', why: 'the network of the served models gets a private endpoint to the models' }
  { identity: 'workspace', scope: 'serving-workspace', role: 'Azure AI Enterprise Network Connection Approver', why: 'and one to its own workspace' }

  { identity: 'training', scope: 'workspace-storage', role: 'Storage Blob Data Contributor', why: 'reads its code, writes its logs' }
  { identity: 'training', scope: 'workspace-registry', role: 'AcrPull', why: 'pulls the job image' }

  // What a managed endpoint's own identity needs; Azure gives it these only for an identity that it makes itself, and then
  // on the workspace's storage alone, where our models are not.
  { identity: 'serving', scope: 'data-container', role: 'Storage Blob Data Reader', why: 'brings the model to the machine that serves it' }
  { identity: 'serving', scope: 'workspace-storage', role: 'Storage Blob Data Contributor', why: 'Azure gives it to every endpoint of a workspace without keys' }
  { identity: 'serving', scope: 'workspace-registry', role: 'AcrPull', why: 'pulls the serving image' }
  { identity: 'worker', scope: 'serving-identity', role: 'Managed Identity Operator', why: 'a new endpoint is given the serving identity' }

  // What Azure asks for a workspace with an identity of its own; each only on the workspace's own resources.
  { identity: 'workspace', scope: 'workspace-storage', role: 'Contributor', why: 'the service manages its containers' }
  { identity: 'workspace', scope: 'workspace-storage', role: 'Storage Blob Data Contributor', why: 'the service keeps code and logs there' }
  { identity: 'workspace', scope: 'workspace-vault', role: 'Contributor', why: 'the service asks for it' }
  { identity: 'workspace', scope: 'workspace-vault', role: 'Key Vault Administrator', why: 'the service keeps connections there' }
  { identity: 'workspace', scope: 'workspace-registry', role: 'Contributor', why: 'the service pushes built images' }
  { identity: 'workspace', scope: 'insights', role: 'Contributor', why: 'the service writes traces' }
]

var secretRows = filter(assignments, row => startsWith(row.scope, 'secret:') && !withWorkspace)
var appsRegistryRows = filter(assignments, row => row.scope == 'apps-registry' && !withWorkspace)
var dataContainerRows = filter(assignments, row => row.scope == 'data-container' && !withWorkspace)
var auditContainerRows = filter(assignments, row => row.scope == 'audit-container' && !withWorkspace)
// Who may approve connections to the data may open a way to it: only where there is a network that needs one.
var approver = 'Azure AI Enterprise Network Connection Approver'
var dataAccountRows = filter(assignments, row => row.scope == 'data-account' && !withWorkspace && (row.role != approver || !empty(servingWorkspaceName)))
var workspaceStorageRows = filter(assignments, row => row.scope == 'workspace-storage' && !withWorkspace)
var workspaceVaultRows = filter(assignments, row => row.scope == 'workspace-vault' && !withWorkspace)
var workspaceRegistryRows = filter(assignments, row => row.scope == 'workspace-registry' && !withWorkspace)
var insightsRows = filter(assignments, row => row.scope == 'insights' && !withWorkspace)
var trainingIdentityRows = filter(assignments, row => row.scope == 'training-identity' && !withWorkspace)
var servingIdentityRows = filter(assignments, row => row.scope == 'serving-identity' && !withWorkspace)
var workspaceRows = filter(assignments, row => row.scope == 'workspace' && withWorkspace && !empty(everyRole[row.role]))
var servingWorkspaceRows = filter(assignments, row => row.scope == 'serving-workspace' && withWorkspace && !empty(servingWorkspaceName) && !empty(everyRole[row.role]))

resource appsRegistry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: appsRegistryName
}
resource workspaceRegistry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: workspaceRegistryName
}
resource dataAccount 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: dataAccountName
}
resource dataBlobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' existing = {
  parent: dataAccount
  name: 'default'
}
resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = {
  parent: dataBlobs
  name: dataContainer
}
resource auditHeads 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = {
  parent: dataBlobs
  name: auditContainer
}
resource workspaceStorage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: workspaceStorageName
}
resource secretsVault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: secretsVaultName
}
resource secrets 'Microsoft.KeyVault/vaults/secrets@2023-07-01' existing = [
  for row in secretRows: {
    parent: secretsVault
    name: substring(row.scope, 7)
  }
]
resource workspaceVault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: workspaceVaultName
}
resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}
resource trainingIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: trainingIdentityName
}
resource servingIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: servingIdentityName
}
resource workspace 'Microsoft.MachineLearningServices/workspaces@2025-06-01' existing = {
  name: workspaceName
}
// Without one nothing is assigned to it; a name has to be there all the same.
resource servingWorkspace 'Microsoft.MachineLearningServices/workspaces@2025-06-01' existing = {
  name: empty(servingWorkspaceName) ? workspaceName : servingWorkspaceName
}

resource onSecret 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (row, index) in secretRows: {
    scope: secrets[index]
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onAppsRegistry 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in appsRegistryRows: {
    scope: appsRegistry
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onDataContainer 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in dataContainerRows: {
    scope: container
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onAuditContainer 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in auditContainerRows: {
    scope: auditHeads
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onDataAccount 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in dataAccountRows: {
    scope: dataAccount
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onWorkspaceStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in workspaceStorageRows: {
    scope: workspaceStorage
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onWorkspaceVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in workspaceVaultRows: {
    scope: workspaceVault
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onWorkspaceRegistry 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in workspaceRegistryRows: {
    scope: workspaceRegistry
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in insightsRows: {
    scope: insights
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onTrainingIdentity 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in trainingIdentityRows: {
    scope: trainingIdentity
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onServingIdentity 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in servingIdentityRows: {
    scope: servingIdentity
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onWorkspace 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in workspaceRows: {
    scope: workspace
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]

resource onServingWorkspace 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in servingWorkspaceRows: {
    scope: servingWorkspace
    name: guid(resourceGroup().id, row.identity, row.scope, row.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', everyRole[row.role])
      principalId: principalIds[row.identity]
      principalType: 'ServicePrincipal'
      description: row.why
    }
  }
]
