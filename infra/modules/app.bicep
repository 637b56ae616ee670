// One container app: its identity pulls the image and reads the secrets; its values never hold one.
param name string
param location string
param tags object
param environmentId string
param image string
param registryServer string
param identityId string
@description('Name inside the app to URL of the secret in the vault: [{ name, url }].')
param secrets array
@description('Plain values and references to the secrets above: [{ name, value }] or [{ name, secretRef }].')
param env array
@description('Secrets laid as files into /run/preceptor: [{ secretRef, path }].')
param secretFiles array
@description('Port of the HTTP server; 0 for a program that serves nothing.')
param port int
@description('Address that answers when the program can work; needed with a port.')
param readyPath string = '/health'
param cpu string
param memory string
param minReplicas int
param maxReplicas int
@description('Seconds a program gets after SIGTERM.')
param graceSeconds int = 30

var ingress = {
  // In an environment that is itself internal, "external" means: from the network around it.
  external: true
  targetPort: port
  transport: 'http'
  allowInsecure: false
}
// Alive while it answers at all; gets requests only while it can work.
var probes = [
  {
    type: 'Startup'
    httpGet: {
      path: '/health'
      port: port
      scheme: 'HTTP'
    }
    periodSeconds: 3
    timeoutSeconds: 3
    failureThreshold: 10
  }
  {
    type: 'Liveness'
    httpGet: {
      path: '/health'
      port: port
      scheme: 'HTTP'
    }
    periodSeconds: 15
    timeoutSeconds: 5
    failureThreshold: 4
  }
  {
    type: 'Readiness'
    httpGet: {
      path: readyPath
      port: port
      scheme: 'HTTP'
    }
    periodSeconds: 10
    timeoutSeconds: 5
    failureThreshold: 3
  }
]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
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
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      ingress: port == 0 ? null : ingress
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      secrets: [
        for secret in secrets: {
          name: secret.name
          keyVaultUrl: secret.url
          identity: identityId
        }
      ]
    }
    template: {
      terminationGracePeriodSeconds: graceSeconds
      containers: [
        {
          name: name
          image: image
          env: env
          resources: {
            cpu: json(cpu)
            memory: memory
          }
          volumeMounts: [
            {
              volumeName: 'data'
              mountPath: '/data'
            }
            {
              volumeName: 'keys'
              mountPath: '/run/preceptor'
            }
          ]
          probes: port == 0 ? [] : probes
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
      }
      volumes: [
        {
          name: 'data'
          storageType: 'EmptyDir'
        }
        {
          name: 'keys'
          storageType: 'Secret'
          secrets: secretFiles
        }
      ]
    }
  }
}

output name string = app.name
