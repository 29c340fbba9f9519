package dev.refrain.schemas.registry;

import java.nio.file.Path;

/** A JKS or PKCS12 file and its password, which {@code toString} does not show. */
public record KeyStoreFile(Path path, String password) {

  @Override
  public String toString() {
    return "KeyStoreFile[path=%s]".formatted(path);
  }
}
