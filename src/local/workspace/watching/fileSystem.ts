import { statfs } from 'node:fs/promises';

/**
 * File systems of this machine's kernel, which reports every change. Not network file systems, FUSE, 9p and virtiofs,
 * where changes made elsewhere go unnoticed. Source: statfs(2) and linux/magic.h.
 */
const LOCAL_TYPES = new Set([
  0x0000_ef53, // ext2 to ext4
  0x5846_5342, // XFS
  0x9123_683e, // Btrfs
  0x0102_1994, // tmpfs
  0x8584_58f6, // ramfs
  0x794c_7630, // overlayfs
  0xf2f5_2010, // F2FS
  0x2fc1_2fc1, // ZFS
  0xca45_1a4e, // bcachefs
  0x5265_4973, // ReiserFS
  0x3153_464a, // JFS
  0x0000_4d44, // FAT
  0x2011_bab0, // exFAT
  0x7366_746e, // NTFS (ntfs3)
  0x0000_f15f, // eCryptfs
  0x7371_7368, // SquashFS
]);

/** Whether Linux reports every change in a folder. False if its file system can't be determined. */
export async function hasLocalFileSystem(folder: string): Promise<boolean> {
  try {
    const { type } = await statfs(folder);
    return LOCAL_TYPES.has(type >>> 0); // negative for some types on 32-bit systems
  } catch {
    return false;
  }
}
