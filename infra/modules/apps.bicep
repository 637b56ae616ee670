// The three programs of the control plane, each with its own identity and only the secrets it reads.
param name string
param location string
param tags object
param environmentId string
param registryServer string
@description('By program, what names its image in `preceptor-<program>`: a colon with a tag, or an at sign with a digest.')
param images object
param vaultUri string
@description('Resource ids of the identities, by program.')
param identityIds object
@description('Client ids of the identities, by program: Azure is called as these.')
param clientIds object
@description('Where people and jobs reach the API, without a path.')
param publicUrl string
@description('Hosts a served model may answer from, comma-separated.')
param endpointHosts string
param blobEndpoint string
param dataContainer string
@description('Where the worker puts signed heads of the audit log.')
param auditContainer string
param ingressRanges string
@description('store: browsers save files from the storage account; api: through the API, where they do not reach it.')
@allowed(['store', 'api'])
param downloads string
param logLevel string
@description('See main.bicep.')
param scale object

module api 'app.bicep' = {
  name: '${name}-api'
  params: {
    name: '${name}-api'
    location: location
    tags: tags
    environmentId: environmentId
    image: '${registryServer}/preceptor-api${images.api}'
    registryServer: registryServer
    identityId: identityIds.api
    secrets: [
      {
        name: 'database-url'
        url: '${vaultUri}secrets/database-url'
      }
      {
        name: 'session-secret'
        url: '${vaultUri}secrets/session-secret'
      }
      {
        name: 'signing-key'
        url: '${vaultUri}secrets/signing-key'
      }
      {
        name: 'signing-public-key'
        url: '${vaultUri}secrets/signing-public-key'
      }
    ]
    env: [
      {
        name: 'DATABASE_URL'
        secretRef: 'database-url'
      }
      {
        name: 'PRECEPTOR_SECRET'
        secretRef: 'session-secret'
      }
      {
        name: 'PRECEPTOR_API_HOST'
        value: '0.0.0.0'
      }
      {
        name: 'PRECEPTOR_API_PORT'
        value: '4600'
      }
      {
        // The environment's own ingress: without it everybody would share one address, and one limit on sign-in attempts.
        name: 'PRECEPTOR_TRUSTED_PROXIES'
        value: ingressRanges
      }
      {
        name: 'PRECEPTOR_DOWNLOADS'
        value: downloads
      }
      {
        name: 'PRECEPTOR_PUBLIC_URL'
        value: publicUrl
      }
      {
        name: 'PRECEPTOR_DATA_DIR'
        value: '/data'
      }
      {
        name: 'PRECEPTOR_STORAGE'
        value: 'azure-blob'
      }
      {
        name: 'PRECEPTOR_STORAGE_ENDPOINT'
        value: blobEndpoint
      }
      {
        name: 'PRECEPTOR_STORAGE_CONTAINER'
        value: dataContainer
      }
      {
        name: 'PRECEPTOR_SIGNING_KEY_FILE'
        value: '/run/preceptor/server-ed25519.pem'
      }
      {
        name: 'PRECEPTOR_LOG_LEVEL'
        value: logLevel
      }
      {
        name: 'PRECEPTOR_AZURE_CREDENTIAL'
        value: 'managed-identity'
      }
      {
        name: 'AZURE_CLIENT_ID'
        value: clientIds.api
      }
    ]
    secretFiles: [
      {
        secretRef: 'signing-key'
        path: 'server-ed25519.pem'
      }
      {
        secretRef: 'signing-public-key'
        path: 'server-ed25519.pub.pem'
      }
    ]
    port: 4600
    readyPath: '/ready'
    cpu: scale.api.cpu
    memory: scale.api.memory
    minReplicas: scale.api.minReplicas
    maxReplicas: scale.api.maxReplicas
  }
}

module worker 'app.bicep' = {
  name: '${name}-worker'
  params: {
    name: '${name}-worker'
    location: location
    tags: tags
    environmentId: environmentId
    image: '${registryServer}/preceptor-worker${images.worker}'
    registryServer: registryServer
    identityId: identityIds.worker
    secrets: [
      {
        name: 'database-url'
        url: '${vaultUri}secrets/database-url'
      }
      {
        name: 'signing-key'
        url: '${vaultUri}secrets/signing-key'
      }
      {
        name: 'serving-key'
        url: '${vaultUri}secrets/serving-key'
      }
    ]
    env: [
      {
        name: 'DATABASE_URL'
        secretRef: 'database-url'
      }
      {
        name: 'PRECEPTOR_PUBLIC_URL'
        value: publicUrl
      }
      {
        name: 'PRECEPTOR_WORK_DIR'
        value: '/data/work'
      }
      {
        name: 'PRECEPTOR_STORAGE'
        value: 'azure-blob'
      }
      {
        name: 'PRECEPTOR_STORAGE_ENDPOINT'
        value: blobEndpoint
      }
      {
        name: 'PRECEPTOR_STORAGE_CONTAINER'
        value: dataContainer
      }
      {
        name: 'PRECEPTOR_AUDIT_HEADS'
        value: auditContainer
      }
      {
        name: 'PRECEPTOR_SIGNING_KEY_FILE'
        value: '/run/preceptor/server-ed25519.pem'
      }
      {
        name: 'PRECEPTOR_SERVING_KEY_FILE'
        value: '/run/preceptor/serving-key'
      }
      {
        name: 'PRECEPTOR_LOG_LEVEL'
        value: logLevel
      }
      {
        name: 'PRECEPTOR_AZURE_CREDENTIAL'
        value: 'managed-identity'
      }
      {
        name: 'AZURE_CLIENT_ID'
        value: clientIds.worker
      }
    ]
    secretFiles: [
      {
        secretRef: 'signing-key'
        path: 'server-ed25519.pem'
      }
      {
        secretRef: 'serving-key'
        path: 'serving-key'
      }
    ]
    port: 0
    cpu: scale.worker.cpu
    memory: scale.worker.memory
    minReplicas: scale.worker.minReplicas
    maxReplicas: scale.worker.maxReplicas
  }
}

module gateway 'app.bicep' = {
  name: '${name}-gateway'
  params: {
    name: '${name}-gateway'
    location: location
    tags: tags
    environmentId: environmentId
    image: '${registryServer}/preceptor-gateway${images.gateway}'
    registryServer: registryServer
    identityId: identityIds.gateway
    secrets: [
      {
        name: 'database-url'
        url: '${vaultUri}secrets/database-url'
      }
      {
        name: 'signing-public-key'
        url: '${vaultUri}secrets/signing-public-key'
      }
      {
        name: 'serving-key'
        url: '${vaultUri}secrets/serving-key'
      }
    ]
    env: [
      {
        name: 'DATABASE_URL'
        secretRef: 'database-url'
      }
      {
        name: 'PRECEPTOR_GATEWAY_HOST'
        value: '0.0.0.0'
      }
      {
        name: 'PRECEPTOR_GATEWAY_PORT'
        value: '4700'
      }
      {
        name: 'PRECEPTOR_SIGNING_PUBLIC_KEY_FILE'
        value: '/run/preceptor/server-ed25519.pub.pem'
      }
      {
        name: 'PRECEPTOR_SERVING_KEY_FILE'
        value: '/run/preceptor/serving-key'
      }
      {
        name: 'PRECEPTOR_GATEWAY_ENDPOINT_HOSTS'
        value: endpointHosts
      }
      {
        name: 'PRECEPTOR_LOG_LEVEL'
        value: logLevel
      }
      {
        // For endpoints that take Entra tokens, and to ask for the keys of those that do not.
        name: 'PRECEPTOR_AZURE_CREDENTIAL'
        value: 'managed-identity'
      }
      {
        name: 'AZURE_CLIENT_ID'
        value: clientIds.gateway
      }
    ]
    secretFiles: [
      {
        secretRef: 'signing-public-key'
        path: 'server-ed25519.pub.pem'
      }
      {
        secretRef: 'serving-key'
        path: 'serving-key'
      }
    ]
    port: 4700
    cpu: scale.gateway.cpu
    memory: scale.gateway.memory
    minReplicas: scale.gateway.minReplicas
    maxReplicas: scale.gateway.maxReplicas
  }
}
