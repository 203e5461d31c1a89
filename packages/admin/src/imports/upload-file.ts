/** What the server answers to a file. */
export interface Uploaded {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

/** Why a file did not arrive; words for each are `imports.upload.failures.<kind>`. */
export type UploadFailure = 'TOO_LARGE' | 'OFFLINE' | 'FORBIDDEN' | 'FULL' | 'CANCELLED' | 'OTHER';

const BY_STATUS: Record<number, UploadFailure> = {
  401: 'FORBIDDEN',
  403: 'FORBIDDEN',
  413: 'TOO_LARGE',
  503: 'FULL',
};

/**
 * Sends a file as it is and tells how far it is, which `fetch` cannot.
 * @param onProgress share of the file that is sent, 0–1
 * @returns the upload, or why there is none
 */
export function uploadFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uploaded | UploadFailure> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/uploads');
    request.setRequestHeader('x-clientele-csrf', '1');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('load', () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Uploaded);
      else resolve(BY_STATUS[request.status] ?? 'OTHER');
    });
    request.addEventListener('error', () => resolve('OFFLINE'));
    request.addEventListener('abort', () => resolve('CANCELLED'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
