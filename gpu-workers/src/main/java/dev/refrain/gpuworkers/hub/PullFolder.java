package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a pull writes: a hidden folder beside the target, from which the files are moved into place
 * once all of them are there. Its name holds the commit, so that what is left of another one is
 * never gone on with.
 */
final class PullFolder {
  private static final String SUFFIX = ".pulling";
  private static final int COMMIT_DIGITS = 12;

  private final Path target;
  private final Path work;

  PullFolder(Path target, String commit) {
    this.target = target;
    this.work =
        target.resolveSibling(
            ".%s.%s%s".formatted(target.getFileName(), commit.substring(0, COMMIT_DIGITS), SUFFIX));
  }

  /** Whether a folder is what an interrupted pull left. */
  static boolean isUnfinished(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return name.startsWith(".") && name.endsWith(SUFFIX);
  }

  /** The bytes of a file that have come so far. */
  Path part(HubFile file) {
    return work.resolve("parts").resolve(file.path() + ".part");
  }

  /** The {@code ETag} of the answer that the part began with. */
  Path etag(HubFile file) {
    return work.resolve("parts").resolve(file.path() + ".etag");
  }

  /** Whether a file is there whole, here or in the target. */
  boolean has(HubFile file) {
    return Files.exists(target.resolve(file.path())) || Files.exists(finished(file));
  }

  /** Bytes of a file that are there. */
  long held(HubFile file) throws IOException {
    if (has(file)) {
      return file.size();
    }
    return Files.exists(part(file)) ? Math.min(Files.size(part(file)), file.size()) : 0;
  }

  /** Takes a part that was found right as the whole file. */
  void finish(HubFile file) throws IOException {
    Path finished = finished(file);
    Files.createDirectories(finished.getParent());
    Files.move(part(file), finished, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(etag(file));
  }

  /**
   * Checks what the target holds already.
   *
   * @throws HubException if a file there is not the hub's
   */
  void requireNoOthers(List<HubFile> files) throws IOException {
    for (HubFile file : files) {
      Path there = target.resolve(file.path());
      if (Files.exists(there) && !matches(file, there)) {
        throw new HubException(
            "%s is there already and is not the file of this model at this commit: it is damaged, or belongs to another. Remove it, or choose another folder with --out."
                .formatted(there));
      }
    }
  }

  /**
   * Checks the disk.
   *
   * @throws HubException if it cannot take that many bytes
   */
  void requireSpace(long bytes) throws IOException {
    Files.createDirectories(work);
    FileStore disk = Files.getFileStore(work);
    if (disk.getUsableSpace() < bytes) {
      throw new HubException(
          "%s has %,d MiB free, %,d MiB more are needed. Make room, or choose a folder on another disk with --out."
              .formatted(target.getParent(), disk.getUsableSpace() >> 20, 1 + (bytes >> 20)));
    }
  }

  /**
   * Moves all files into place: in one step where there is no target yet, else one after the other,
   * the ones without which the folder is no model at the end.
   */
  void place(List<HubFile> files) throws IOException {
    if (isAbsentOrEmpty(target)) {
      Files.deleteIfExists(target);
      Files.move(work.resolve("files"), target, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Comparator<HubFile> last = Comparator.comparing(file -> file.path().endsWith(".json"));
      for (HubFile file : files.stream().sorted(last).toList()) {
        if (Files.exists(finished(file))) {
          Path place = target.resolve(file.path());
          Files.createDirectories(place.getParent());
          Files.move(finished(file), place, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    delete(work);
  }

  static boolean matches(HubFile file, Path there) throws IOException {
    Checksum checksum = file.checksum();
    return checksum != null
        && Files.size(there) == file.size()
        && checksum.actual(there).equals(checksum.hex());
  }

  private Path finished(HubFile file) {
    return work.resolve("files").resolve(file.path());
  }

  private static boolean isAbsentOrEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return !Files.exists(folder);
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> content = Files.walk(folder)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
