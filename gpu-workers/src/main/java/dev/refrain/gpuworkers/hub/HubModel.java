package dev.refrain.gpuworkers.hub;

import java.util.List;

/**
 * A model as a hub lists it at one commit.
 *
 * @param repository ORG/NAME
 * @param commit what its revision stands for, hexadecimal digits
 * @param files all of its files
 */
record HubModel(String repository, String commit, List<HubFile> files) {
  HubModel {
    files = List.copyOf(files);
    if (!commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      throw new HubException(
          "The server names no commit of %s, but \"%s\": is it a hub?"
              .formatted(repository, commit));
    }
  }
}
