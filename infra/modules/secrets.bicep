// Writes the secrets that were given into the vault; one left empty keeps what the vault already has.
param vaultName string
@secure()
param databaseOwnerUrl string
@secure()
param databaseUrl string
@secure()
param sessionSecret string
@secure()
param signingKey string
@secure()
param signingPublicKey string
@secure()
param servingKey string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource ownerUrl 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(databaseOwnerUrl)) {
  parent: vault
  name: 'database-owner-url'
  properties: {
    value: databaseOwnerUrl
    contentType: 'Postgres URL of the role that owns the tables: migrations only'
  }
}

resource appUrl 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(databaseUrl)) {
  parent: vault
  name: 'database-url'
  properties: {
    value: databaseUrl
    contentType: 'Postgres URL of the application role, bound by row-level security'
  }
}

resource session 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(sessionSecret)) {
  parent: vault
  name: 'session-secret'
  properties: {
    value: sessionSecret
    contentType: 'signs sessions and links'
  }
}

resource privateKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(signingKey)) {
  parent: vault
  name: 'signing-key'
  properties: {
    value: signingKey
    contentType: 'Ed25519, PKCS #8 in PEM: signs decisions and audit heads'
  }
}

resource publicKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(signingPublicKey)) {
  parent: vault
  name: 'signing-public-key'
  properties: {
    value: signingPublicKey
    contentType: 'Ed25519, SPKI in PEM: what the gateway trusts'
  }
}

resource bearerKey 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(servingKey)) {
  parent: vault
  name: 'serving-key'
  properties: {
    value: servingKey
    contentType: 'what the bearers of models served by the worker itself follow from'
  }
}
