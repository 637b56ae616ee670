import {
  BlobServiceClient,
  newPipeline,
  StorageSharedKeyCredential,
  type ContainerClient,
  type RequestPolicyFactory,
  type StoragePipelineOptions,
} from "@azure/storage-blob";

type Credential = NonNullable<Parameters<typeof newPipeline>[0]>;

/** What Azurite accepts over https as an Entra token: it reads the claims and checks no signature. */
export function emulatorCredential(now: () => number = Date.now) {
  return {
    async getToken(): Promise<{ token: string; expiresOnTimestamp: number }> {
      const seconds = Math.floor(now() / 1000);
      const [iat, exp] = [seconds - 60, seconds + 3600];
      const claims = {
        aud: "https://storage.azure.com",
        iss: "https://sts.windows.net/00000000-0000-0000-0000-000000000000/",
        tid: "00000000-0000-0000-0000-000000000000",
        oid: "00000000-0000-0000-0000-000000000001",
        iat,
        nbf: iat,
        exp,
      };
      const part = (value: object): string =>
        Buffer.from(JSON.stringify(value)).toString("base64url");
      const token = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.c2lnbmF0dXJl`;
      return { token, expiresOnTimestamp: exp * 1000 };
    },
  };
}

/** What it accepts over plain http, where no token may travel. Links cannot be made with it. */
export const emulatorKey = (azurite: { account: string; accountKey: string }) =>
  new StorageSharedKeyCredential(azurite.account, azurite.accountKey);

export interface BlobClients {
  readonly service: BlobServiceClient;
  readonly container: ContainerClient;
}

/** Clients of an emulated account. `policy` sees each request as it goes out, retries too, to count or to spoil it. */
export function blobClients(options: {
  readonly endpoint: string;
  readonly container: string;
  readonly credential?: Credential;
  readonly ca?: string;
  readonly policy?: RequestPolicyFactory;
}): BlobClients {
  const settings: StoragePipelineOptions & { tlsOptions?: { ca: string } } = {
    retryOptions: { maxTries: 3, retryDelayInMs: 50 },
    ...(options.ca === undefined ? {} : { tlsOptions: { ca: options.ca } }),
  };
  const pipeline = newPipeline(options.credential ?? emulatorCredential(), settings);
  if (options.policy !== undefined) pipeline.factories.push(options.policy);
  const service = new BlobServiceClient(options.endpoint, pipeline);
  return { service, container: service.getContainerClient(options.container) };
}
