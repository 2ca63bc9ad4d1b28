/* Handing a file that was made in the page to whoever looks at it. */
import type { SvgFile } from './svg-file';

const SCALE = 2;

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  /* The browser reads it after the click. */
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const svgBlob = (file: SvgFile): Blob => new Blob([file.text], { type: 'image/svg+xml' });

async function loadImage(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/** Twice as many pixels, for paper and fine screens. */
export async function pngBlob(file: SvgFile): Promise<Blob> {
  const url = URL.createObjectURL(svgBlob(file));
  try {
    const image = await loadImage(url), canvas = document.createElement('canvas');
    canvas.width = file.width * SCALE;
    canvas.height = file.height * SCALE;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(url);
  }
}
