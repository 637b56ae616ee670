// Preceptor's control plane and what it trains on, in one resource group. README.md says how to deploy it, in which order.
targetScope = 'resourceGroup'

@description('Begins every name. Lower case letters and digits.')
@minLength(3)
@maxLength(10)
param name string = 'preceptor'
param location string = resourceGroup().location
param tags object = {
  application: 'preceptor'
}

@description('How far to go: `foundation` first, because images need the registry; then `migrations`, which must have run before `apps`.')
@allowed(['foundation', 'migrations', 'apps'])
param stage string = 'foundation'
@description('Tag of the images, as pushed; for people, and for a trial without digests.')
param imageTag string
@description('Digests of the images, as `docker push` told them: { api: \'sha256:…\', worker, gateway, migrations }. A tag can be moved, a digest not.')
param imageDigests object = {}
@description('false is for a trial: what a tag means is then whatever was pushed last. Otherwise a program without a digest stops the deployment.')
param requireDigests bool = true

@description('Private endpoints for everything, no public address but the outbound one. false is for a trial without patient data.')
param privateNetworking bool = true
@description('Of the network made here; unused with existingNetwork.')
param networkAddressPrefix string = '10.60.0.0/16'
@description('A network of your own: { networkId, appsSubnetId, endpointsSubnetId, clustersSubnetId }. Empty: one is made.')
param existingNetwork object = {}
@description('Private DNS zones that exist and are linked already, by zone name: { "privatelink.azurecr.io": "<resource id>" }.')
param existingPrivateDnsZones object = {}
@description('Gives the API the right to put clusters that operators make into the subnet for them; needs the right to make roles where the network is.')
param assignSubnetJoiner bool = true
@description('Served models with private networking: they need a network that Azure manages, and so a workspace of their own (README.md, Private serving). Empty: none is made.')
@allowed(['', 'AllowInternetOutbound', 'AllowOnlyApprovedOutbound'])
param servingNetwork string = ''
@description('With AllowOnlyApprovedOutbound: hosts that building the serving image has to reach, e.g. of your package mirror. The first one makes Azure put a firewall there.')
param servingAllowedHosts array = []
@allowed(['Standard', 'Basic'])
param servingFirewallSku string = 'Standard'
@description('Machines in that network, as in `clusters`; one of them builds the serving images.')
param servingClusters array = []
param servingImageBuildCluster string = ''
@description('Whether API and gateway answer on the internet. They are reached from the network only otherwise.')
param publicIngress bool = false
@description('Where people and jobs reach the API (https, no path), when it has a name of your own. Empty: the name Azure gives.')
param publicUrl string = ''

@description('Addresses from which the environment hands requests on, comma-separated: Container Apps keeps this range for itself.')
param ingressRanges string = '100.100.0.0/16'

@description('Two or more copies in several zones, for what has them; costs accordingly.')
param zoneRedundant bool = true
param logRetentionDays int = 90
param logLevel string = 'info'
param softDeleteDays int = 30
@description('Days after which a copy of a job\'s inputs that no job reads is removed; it is made again when needed.')
@minValue(7)
param stagedInputDays int = 30
@description('Days after which what an ended attempt left (marks, logs, files never taken in) is removed. Longer than any job may run.')
@minValue(30)
param attemptDays int = 365
@description('How long an audit head cannot be changed or deleted.')
param auditRetentionDays int = 3650
@description('Say true once the policy of the audit container was locked (README.md).')
param auditPolicyLocked bool = false

@description('Object id and name of the Entra group that looks after Postgres.')
param databaseAdmins object
param databaseSku object = {
  name: 'Standard_D2ds_v5'
  tier: 'GeneralPurpose'
  storageGb: 128
}
param databaseBackupDays int = 35
@description('Cannot be changed after the server was made.')
param databaseGeoRedundantBackup bool = false

@description('[{ name, vmSize, lowPriority, minNodes, maxNodes, idle }], idle as ISO 8601. minNodes 0: no cost while nothing runs.')
param clusters array = []
@description('Cluster that builds job images; with private networking the registry cannot build itself.')
param imageBuildCluster string = ''
@description('How the workspace opens its own storage account. The adapter uploads code through links that the service signs: README.md, Known limits.')
@allowed(['Identity', 'UserDelegationSAS', 'AccessKey'])
param workspaceStorageAccess string = 'Identity'
@description('Makes a custom role at the subscription that reads quotas; needs the right to make one.')
param assignQuotaReader bool = false
@description('Name (a GUID) of a role that may call online endpoints. Empty: one is made here, which needs the right to make roles.')
param endpointCallerRole string = ''
@description('Only where a target serves with keys: `make` makes a role that reads the keys of endpoints, or the name (a GUID) of such a one. The gateway gets it. Empty: it reads none.')
param endpointKeyRole string = ''

param scale object = {
  api: { cpu: '1.0', memory: '2Gi', minReplicas: 2, maxReplicas: 4 }
  worker: { cpu: '1.0', memory: '2Gi', minReplicas: 2, maxReplicas: 4 }
  gateway: { cpu: '0.5', memory: '1Gi', minReplicas: 2, maxReplicas: 10 }
}

// Each is written into the vault when given; left empty it stays what it is. All are needed the first time.
@secure()
param databaseOwnerPassword string = ''
@secure()
param databaseAppPassword string = ''
@secure()
param sessionSecret string = ''
@secure()
param signingKey string = ''
@secure()
param signingPublicKey string = ''
@secure()
param servingKey string = ''

var suffix = take(uniqueString(resourceGroup().id), 6)
var databaseName = 'preceptor'
var ownerLogin = 'preceptor_owner'
var dataContainer = 'preceptor'
var auditContainer = 'audit-heads'
var datastoreName = 'preceptor'
var publicAccess = !privateNetworking
var makeNetwork = privateNetworking && empty(existingNetwork)
var programs = ['api', 'worker', 'gateway', 'migrations', 'training', 'workspace', 'serving']
var workspaceName = '${name}-${suffix}'
var servesPrivately = privateNetworking && !empty(servingNetwork)
// Read where they are needed, so that one that is missing is an error there and not in the stage before.
var pinned = requireDigests && stage == 'apps'
var images = {
  api: pinned ? '@${imageDigests.api}' : ':${imageTag}'
  worker: pinned ? '@${imageDigests.worker}' : ':${imageTag}'
  gateway: pinned ? '@${imageDigests.gateway}' : ':${imageTag}'
}
var migrationsImage = requireDigests && stage != 'foundation' ? '@${imageDigests.migrations}' : ':${imageTag}'

module network 'modules/network.bicep' = if (makeNetwork) {
  name: 'network'
  params: {
    name: name
    location: location
    tags: tags
    addressPrefix: networkAddressPrefix
  }
}
var networkId = makeNetwork ? network.outputs.networkId : privateNetworking ? existingNetwork.networkId : ''
var appsSubnetId = makeNetwork ? network.outputs.appsSubnetId : privateNetworking ? existingNetwork.appsSubnetId : ''
var endpointsSubnetId = makeNetwork ? network.outputs.endpointsSubnetId : privateNetworking ? existingNetwork.endpointsSubnetId : ''
var clustersSubnetId = makeNetwork ? network.outputs.clustersSubnetId : privateNetworking ? existingNetwork.clustersSubnetId : ''
// Known before anything is made: where a module is deployed has to be.
var clustersSubnetPath = split(privateNetworking && !makeNetwork ? existingNetwork.clustersSubnetId : '${resourceGroup().id}/providers/Microsoft.Network/virtualNetworks/${name}/subnets/clusters', '/')

module identities 'modules/identities.bicep' = {
  name: 'identities'
  params: {
    name: name
    location: location
    tags: tags
    programs: programs
  }
}
// By program, in the order of `programs`.
var identityIds = {
  api: identities.outputs.ids[0]
  worker: identities.outputs.ids[1]
  gateway: identities.outputs.ids[2]
}
var clientIds = {
  api: identities.outputs.clientIds[0]
  worker: identities.outputs.clientIds[1]
  gateway: identities.outputs.clientIds[2]
}
var principalIds = {
  api: identities.outputs.principalIds[0]
  worker: identities.outputs.principalIds[1]
  gateway: identities.outputs.principalIds[2]
  migrations: identities.outputs.principalIds[3]
  training: identities.outputs.principalIds[4]
  workspace: identities.outputs.principalIds[5]
  serving: identities.outputs.principalIds[6]
}

module subnetJoiner 'modules/subnet-joiner.bicep' = if (privateNetworking && assignSubnetJoiner) {
  name: '${name}-subnet-joiner'
  scope: resourceGroup(clustersSubnetPath[2], clustersSubnetPath[4])
  params: {
    name: name
    installation: '${name}-${suffix}'
    networkName: clustersSubnetPath[8]
    subnetName: clustersSubnetPath[10]
    principalId: principalIds.api
  }
  dependsOn: [network]
}

module observability 'modules/observability.bicep' = {
  name: 'observability'
  params: {
    name: name
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module data 'modules/storage.bicep' = {
  name: 'data'
  params: {
    name: '${name}data${suffix}'
    location: location
    tags: tags
    containers: [dataContainer]
    zoneRedundant: zoneRedundant
    publicAccess: publicAccess
    softDeleteDays: softDeleteDays
    immutableContainer: auditContainer
    immutableDays: auditRetentionDays
    immutableLocked: auditPolicyLocked
    // Where packages/compute keeps them; the datastore's container comes first.
    expiries: [
      {
        name: 'stagedinputs'
        prefix: '${dataContainer}/preceptor/inputs/'
        // Azure tracks access for these only.
        blobTypes: ['blockBlob']
        after: {
          daysAfterLastAccessTimeGreaterThan: stagedInputDays
        }
      }
      {
        name: 'endedattempts'
        prefix: '${dataContainer}/preceptor/attempts/'
        blobTypes: ['blockBlob', 'appendBlob']
        after: {
          daysAfterModificationGreaterThan: attemptDays
        }
      }
    ]
    logsId: observability.outputs.logsId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: '${name}-kv-${suffix}'
    location: location
    tags: tags
    publicAccess: publicAccess
    logsId: observability.outputs.logsId
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: {
    name: '${name}apps${suffix}'
    location: location
    tags: tags
    publicAccess: publicAccess
    zoneRedundant: zoneRedundant
    logsId: observability.outputs.logsId
  }
}

module database 'modules/postgres.bicep' = {
  name: 'database'
  params: {
    name: '${name}-pg-${suffix}'
    location: location
    tags: tags
    skuName: databaseSku.name
    skuTier: databaseSku.tier
    storageGb: databaseSku.storageGb
    backupDays: databaseBackupDays
    geoRedundantBackup: databaseGeoRedundantBackup
    zoneRedundant: zoneRedundant
    publicAccess: publicAccess
    ownerLogin: ownerLogin
    ownerPassword: databaseOwnerPassword
    entraAdminObjectId: databaseAdmins.objectId
    entraAdminName: databaseAdmins.name
    logsId: observability.outputs.logsId
  }
}

var databaseAddress = '${database.outputs.host}:5432/${databaseName}?sslmode=verify-full'

module secrets 'modules/secrets.bicep' = {
  name: 'secrets'
  params: {
    vaultName: vault.outputs.name
    databaseOwnerUrl: empty(databaseOwnerPassword) ? '' : 'postgres://${ownerLogin}:${uriComponent(databaseOwnerPassword)}@${databaseAddress}'
    databaseUrl: empty(databaseAppPassword) ? '' : 'postgres://preceptor_app:${uriComponent(databaseAppPassword)}@${databaseAddress}'
    sessionSecret: sessionSecret
    signingKey: signingKey
    signingPublicKey: signingPublicKey
    servingKey: servingKey
  }
}

// The workspace keeps to a storage account, vault and registry of its own: what the service and the engineers' jobs may
// do there, they may not do to datasets, signing keys and the control plane's images.
module workspaceStorage 'modules/storage.bicep' = {
  name: 'workspace-storage'
  params: {
    name: '${name}ml${suffix}'
    location: location
    tags: tags
    containers: []
    zoneRedundant: zoneRedundant
    publicAccess: publicAccess
    allowKeys: workspaceStorageAccess == 'AccessKey'
    softDeleteDays: softDeleteDays
    expiries: [
      {
        // Where the service keeps what jobs print.
        name: 'joblogs'
        prefix: 'azureml/ExperimentRun/'
        blobTypes: ['blockBlob', 'appendBlob']
        after: {
          daysAfterModificationGreaterThan: attemptDays
        }
      }
    ]
    logsId: observability.outputs.logsId
  }
}

module workspaceVault 'modules/vault.bicep' = {
  name: 'workspace-vault'
  params: {
    name: '${name}-ml-${suffix}'
    location: location
    tags: tags
    publicAccess: publicAccess
    logsId: observability.outputs.logsId
  }
}

module workspaceRegistry 'modules/registry.bicep' = {
  name: 'workspace-registry'
  params: {
    name: '${name}ml${suffix}'
    location: location
    tags: tags
    publicAccess: publicAccess
    zoneRedundant: zoneRedundant
    logsId: observability.outputs.logsId
  }
}

module endpointCaller 'modules/endpoint-caller.bicep' = if (empty(endpointCallerRole)) {
  name: 'endpoint-caller'
  params: {
    name: name
  }
}
module endpointKeyReader 'modules/endpoint-key-reader.bicep' = if (endpointKeyRole == 'make') {
  name: 'endpoint-key-reader'
  params: {
    name: name
  }
}
var keyRole = endpointKeyRole == 'make' ? endpointKeyReader.outputs.role : endpointKeyRole
var callerRole = empty(endpointCallerRole) ? endpointCaller.outputs.role : endpointCallerRole

module access 'modules/access.bicep' = {
  name: 'access'
  params: {
    principalIds: principalIds
    appsRegistryName: registry.outputs.name
    dataAccountName: data.outputs.name
    dataContainer: dataContainer
    auditContainer: auditContainer
    secretsVaultName: vault.outputs.name
    workspaceName: workspaceName
    workspaceStorageName: workspaceStorage.outputs.name
    workspaceVaultName: workspaceVault.outputs.name
    workspaceRegistryName: workspaceRegistry.outputs.name
    insightsName: observability.outputs.insightsName
    trainingIdentityName: '${name}-training'
    servingIdentityName: '${name}-serving'
    endpointCallerRole: callerRole
    servingWorkspaceName: servesPrivately ? '${name}-serving-${suffix}' : ''
    endpointKeyRole: keyRole
    withWorkspace: false
  }
  dependsOn: [secrets]
}

module workspace 'modules/workspace.bicep' = {
  name: 'workspace'
  params: {
    name: workspaceName
    location: location
    tags: tags
    identityId: identities.outputs.ids[5]
    storageId: workspaceStorage.outputs.id
    vaultId: workspaceVault.outputs.id
    registryId: workspaceRegistry.outputs.id
    insightsId: observability.outputs.insightsId
    publicAccess: publicAccess
    storageAccess: workspaceStorageAccess
    imageBuildCluster: imageBuildCluster
    datastoreName: datastoreName
    dataAccountName: data.outputs.name
    dataContainer: dataContainer
    logsId: observability.outputs.logsId
  }
  dependsOn: [access]
}

// Machines in a subnet of ours and endpoints in a network of Azure's cannot be had in one workspace, and only the former reach the
// API inside our network. So models are served from a second one, which shares storage, vault and registry with the first.
module servingWorkspace 'modules/workspace.bicep' = if (servesPrivately) {
  name: 'serving-workspace'
  params: {
    name: '${name}-serving-${suffix}'
    location: location
    tags: tags
    identityId: identities.outputs.ids[5]
    storageId: workspaceStorage.outputs.id
    vaultId: workspaceVault.outputs.id
    registryId: workspaceRegistry.outputs.id
    insightsId: observability.outputs.insightsId
    publicAccess: false
    storageAccess: workspaceStorageAccess
    imageBuildCluster: servingImageBuildCluster
    datastoreName: datastoreName
    dataAccountName: data.outputs.name
    dataContainer: dataContainer
    logsId: observability.outputs.logsId
    isolationMode: servingNetwork
    reached: [
      { name: 'models', serviceId: data.outputs.id, target: 'blob' }
    ]
    allowedHosts: servingAllowedHosts
    firewallSku: servingFirewallSku
  }
  dependsOn: [access]
}

module workspaceAccess 'modules/access.bicep' = {
  name: 'workspace-access'
  params: {
    principalIds: principalIds
    appsRegistryName: registry.outputs.name
    dataAccountName: data.outputs.name
    dataContainer: dataContainer
    auditContainer: auditContainer
    secretsVaultName: vault.outputs.name
    workspaceName: workspace.outputs.name
    workspaceStorageName: workspaceStorage.outputs.name
    workspaceVaultName: workspaceVault.outputs.name
    workspaceRegistryName: workspaceRegistry.outputs.name
    insightsName: observability.outputs.insightsName
    trainingIdentityName: '${name}-training'
    servingIdentityName: '${name}-serving'
    endpointCallerRole: callerRole
    servingWorkspaceName: servesPrivately ? servingWorkspace.outputs.name : ''
    endpointKeyRole: keyRole
    withWorkspace: true
  }
}

module quotaReader 'modules/quota-reader.bicep' = if (assignQuotaReader) {
  name: '${name}-quota-reader'
  scope: subscription()
  params: {
    name: name
    principalIds: [principalIds.api, principalIds.worker]
  }
}

module dns 'modules/private-dns.bicep' = if (privateNetworking) {
  name: 'private-dns'
  params: {
    networkId: networkId
    tags: tags
    existingZones: existingPrivateDnsZones
  }
}

// What is reached through a private endpoint; `services` and `zones` follow the same order.
var endpoints = [
  { name: 'data-blob', groupId: 'blob' }
  { name: 'vault', groupId: 'vault' }
  { name: 'apps-registry', groupId: 'registry' }
  { name: 'database', groupId: 'postgresqlServer' }
  { name: 'ml-blob', groupId: 'blob' }
  { name: 'ml-file', groupId: 'file' }
  { name: 'ml-vault', groupId: 'vault' }
  { name: 'ml-registry', groupId: 'registry' }
  { name: 'ml-workspace', groupId: 'amlworkspace' }
]
// The gateway reaches endpoints that have no public address through the one of their workspace.
var servingEndpoints = servesPrivately ? [{ name: 'ml-serving', groupId: 'amlworkspace' }] : []
var wantedEndpoints = privateNetworking ? concat(endpoints, servingEndpoints) : []
var services = concat([
  data.outputs.id
  vault.outputs.id
  registry.outputs.id
  database.outputs.id
  workspaceStorage.outputs.id
  workspaceStorage.outputs.id
  workspaceVault.outputs.id
  workspaceRegistry.outputs.id
  workspace.outputs.id
], servesPrivately ? [servingWorkspace.outputs.id] : [])
var zones = privateNetworking ? [
  [dns.outputs.blobZoneId]
  [dns.outputs.vaultZoneId]
  [dns.outputs.registryZoneId]
  [dns.outputs.postgresZoneId]
  [dns.outputs.blobZoneId]
  [dns.outputs.fileZoneId]
  [dns.outputs.vaultZoneId]
  [dns.outputs.registryZoneId]
  dns.outputs.workspaceZoneIds
  dns.outputs.workspaceZoneIds
] : []

module privateEndpoints 'modules/private-endpoint.bicep' = [
  for (endpoint, index) in wantedEndpoints: {
    name: 'endpoint-${endpoint.name}'
    params: {
      name: '${name}-${endpoint.name}'
      location: location
      tags: tags
      subnetId: endpointsSubnetId
      serviceId: services[index]
      groupId: endpoint.groupId
      zoneIds: zones[index]
    }
  }
]

module trainingClusters 'modules/clusters.bicep' = {
  name: 'clusters'
  params: {
    workspaceName: workspace.outputs.name
    location: location
    tags: tags
    clusters: clusters
    subnetId: clustersSubnetId
    publicNodes: publicAccess
    identityId: identities.outputs.ids[4]
  }
  dependsOn: [privateEndpoints]
}

// The first of them has Azure make the network, with its private endpoints, which the workspace must be allowed to approve by then.
module servingMachines 'modules/clusters.bicep' = if (servesPrivately) {
  name: 'serving-clusters'
  params: {
    workspaceName: servesPrivately ? servingWorkspace.outputs.name : workspaceName
    location: location
    tags: tags
    clusters: servingClusters
    subnetId: ''
    publicNodes: false
    identityId: identities.outputs.ids[4]
  }
  dependsOn: [privateEndpoints, workspaceAccess]
}

module appsEnvironment 'modules/environment.bicep' = {
  name: 'apps-environment'
  params: {
    name: name
    location: location
    tags: tags
    subnetId: appsSubnetId
    networkId: networkId
    publicIngress: publicIngress
    zoneRedundant: zoneRedundant
    logsId: observability.outputs.logsId
  }
}

module migrations 'modules/migrations.bicep' = if (stage != 'foundation') {
  name: 'migrations'
  params: {
    name: '${name}-migrations'
    location: location
    tags: tags
    environmentId: appsEnvironment.outputs.id
    image: '${registry.outputs.loginServer}/preceptor-migrations${migrationsImage}'
    registryServer: registry.outputs.loginServer
    identityId: identities.outputs.ids[3]
    vaultUri: vault.outputs.uri
  }
  dependsOn: [access, privateEndpoints]
}

var apiUrl = empty(publicUrl) ? 'https://${name}-api.${appsEnvironment.outputs.domain}' : publicUrl

module apps 'modules/apps.bicep' = if (stage == 'apps') {
  name: 'apps'
  params: {
    name: name
    location: location
    tags: tags
    environmentId: appsEnvironment.outputs.id
    registryServer: registry.outputs.loginServer
    images: images
    vaultUri: vault.outputs.uri
    identityIds: identityIds
    clientIds: clientIds
    publicUrl: apiUrl
    blobEndpoint: data.outputs.blobEndpoint
    dataContainer: dataContainer
    auditContainer: auditContainer
    endpointHosts: '.${location}.inference.ml.azure.com'
    // The storage account has no public address then: nobody's browser reaches it.
    downloads: publicAccess ? 'store' : 'api'
    ingressRanges: ingressRanges
    logLevel: logLevel
    scale: scale
  }
  dependsOn: [access, workspaceAccess, privateEndpoints]
}

output apiUrl string = apiUrl
output gatewayUrl string = 'https://${name}-gateway.${appsEnvironment.outputs.domain}'
output registryServer string = registry.outputs.loginServer
output migrationsJob string = '${name}-migrations'
output auditContainer string = '${data.outputs.blobEndpoint}${auditContainer}'
output trainingClusters array = trainingClusters.outputs.names
@description('For `settings.azure` of a compute target; add cluster, image, deadlines and prices.')
output computeTarget object = {
  subscriptionId: subscription().subscriptionId
  resourceGroup: resourceGroup().name
  workspace: workspace.outputs.name
  region: location
  datastore: datastoreName
  blobEndpoint: data.outputs.blobEndpoint
  container: dataContainer
  identityClientId: identities.outputs.clientIds[4]
}
@description('For `settings.azure.serving.identity` of that target: whom new endpoints read models as.')
output servingIdentity string = identities.outputs.ids[6]
@description('For `settings.azure` of a second target, which serves: add cluster, image, deadlines, and `serving` with this workspace\'s machines. Empty without private serving.')
output servingTarget object = servesPrivately ? {
  subscriptionId: subscription().subscriptionId
  resourceGroup: resourceGroup().name
  workspace: servingWorkspace.outputs.name
  region: location
  datastore: datastoreName
  blobEndpoint: data.outputs.blobEndpoint
  container: dataContainer
  serving: {
    identity: identities.outputs.ids[6]
    publicNetwork: false
  }
} : {}
