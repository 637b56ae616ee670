using 'main.bicep'

// An example to copy. No secret belongs in here: they come from the environment of whoever deploys (README.md, step 2).
param name = 'preceptor'
param imageTag = '0.1.0'
// As `docker push` printed them, `sha256:…` by program; `foundation` needs none yet (README.md, step 3).
param imageDigests = {}
param stage = readEnvironmentVariable('PRECEPTOR_DEPLOY_STAGE', 'foundation')

param privateNetworking = true
param publicIngress = false
// Needed for served models (README.md, Private serving).
param servingNetwork = 'AllowInternetOutbound'
param servingClusters = [
  {
    name: 'images'
    vmSize: 'Standard_D4s_v5'
    lowPriority: false
    minNodes: 0
    maxNodes: 1
    idle: 'PT10M'
  }
]
param servingImageBuildCluster = 'images'
param zoneRedundant = true

// The Entra group that looks after Postgres: its object id and its name.
param databaseAdmins = {
  objectId: readEnvironmentVariable('PRECEPTOR_DEPLOY_DATABASE_ADMINS_ID')
  name: readEnvironmentVariable('PRECEPTOR_DEPLOY_DATABASE_ADMINS_NAME')
}

// Machine sizes depend on region and quota: `az vm list-skus` and the quota page say what there is.
param clusters = [
  {
    name: 'images'
    vmSize: 'Standard_D4s_v5'
    lowPriority: false
    minNodes: 0
    maxNodes: 2
    idle: 'PT10M'
  }
  {
    name: 'gpu-dedicated'
    vmSize: 'Standard_NC24ads_A100_v4'
    lowPriority: false
    minNodes: 0
    maxNodes: 2
    idle: 'PT10M'
  }
  {
    name: 'gpu-spot'
    vmSize: 'Standard_NC24ads_A100_v4'
    lowPriority: true
    minNodes: 0
    maxNodes: 4
    idle: 'PT5M'
  }
]
param imageBuildCluster = 'images'

param databaseOwnerPassword = readEnvironmentVariable('PRECEPTOR_DEPLOY_DATABASE_OWNER_PASSWORD', '')
param databaseAppPassword = readEnvironmentVariable('PRECEPTOR_DEPLOY_DATABASE_APP_PASSWORD', '')
param sessionSecret = readEnvironmentVariable('PRECEPTOR_DEPLOY_SESSION_SECRET', '')
param signingKey = readEnvironmentVariable('PRECEPTOR_DEPLOY_SIGNING_KEY', '')
param signingPublicKey = readEnvironmentVariable('PRECEPTOR_DEPLOY_SIGNING_PUBLIC_KEY', '')
param servingKey = readEnvironmentVariable('PRECEPTOR_DEPLOY_SERVING_KEY', '')
