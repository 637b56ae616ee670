// Brings the database to the version of the image. Started by hand before the apps of that version; safe to repeat.
param name string
param location string
param tags object
param environmentId string
param image string
param registryServer string
param identityId string
param vaultUri string

resource job 'Microsoft.App/jobs@2024-03-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      manualTriggerConfig: {
        parallelism: 1
        replicaCompletionCount: 1
      }
      replicaTimeout: 1800
      replicaRetryLimit: 0
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      secrets: [
        {
          name: 'database-owner-url'
          keyVaultUrl: '${vaultUri}secrets/database-owner-url'
          identity: identityId
        }
        {
          name: 'database-url'
          keyVaultUrl: '${vaultUri}secrets/database-url'
          identity: identityId
        }
      ]
    }
    template: {
      containers: [
        {
          name: 'migrations'
          image: image
          env: [
            {
              name: 'DATABASE_OWNER_URL'
              secretRef: 'database-owner-url'
            }
            {
              name: 'DATABASE_URL'
              secretRef: 'database-url'
            }
          ]
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
        }
      ]
    }
  }
}
