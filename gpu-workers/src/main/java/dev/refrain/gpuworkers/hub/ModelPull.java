package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fetches models from a hub. A revision is resolved to its commit first, and every file is of that
 * commit. Each file is checked against the hub's checksum, and all of them are moved into place
 * together, so that a folder in its place is whole; a pull that was interrupted goes on where it
 * was. One thread at a time.
 */
public final class ModelPull {
  private final HubSettings settings;
  private final ModelStore store;
  private final PullListener listener;

  /**
   * Pulls from one hub into one store.
   *
   * @param listener hears how it goes on
   */
  public ModelPull(HubSettings settings, ModelStore store, PullListener listener) {
    this.settings = settings;
    this.store = store;
    this.listener = listener;
  }

  /**
   * Fetches a model; nothing is fetched that is there already.
   *
   * @param globs paths that are wanted, where {@code **} crosses folders; empty for what Refrain
   *     reads
   * @param out the folder to make; null for the store, where {@link ModelStore#find} finds it
   * @throws HubException if it cannot be fetched
   * @throws IOException if the disk refuses
   * @throws InterruptedException if the thread is interrupted; what has come is kept
   */
  public PulledModel pull(ModelReference reference, List<String> globs, @Nullable Path out)
      throws IOException, InterruptedException {
    Retries retries = new Retries(settings.pace(), listener);
    try (HubClient client = new HubClient(settings)) {
      HubModel model =
          retries.run("Asking for " + reference, () -> 0, () -> client.list(reference));
      Selection selection = Selection.of(model, globs).completed(client, model, retries);
      Path target = out == null ? store.folder(reference, model.commit()) : out.toAbsolutePath();
      long fetched;
      try (PullLock _ = PullLock.take(store.locks(), target)) {
        PullFolder folder = new PullFolder(target, model.commit());
        fetched = fetch(new Work(client, model, selection, folder, retries));
      }
      if (out == null) {
        store.remember(reference, model.commit());
      }
      return new PulledModel(
          model.repository(),
          model.commit(),
          target,
          selection.chosen().stream().map(HubFile::path).toList(),
          selection.skipped(),
          selection.bytes(),
          fetched);
    }
  }

  private record Work(
      HubClient client, HubModel model, Selection selection, PullFolder folder, Retries retries) {}

  private long fetch(Work work) throws IOException, InterruptedException {
    List<HubFile> files = work.selection().chosen();
    PullFolder folder = work.folder();
    listener.begins(work.model().commit(), work.selection().bytes(), work.selection().skipped());
    folder.requireNoOthers(files);
    List<HubFile> missing = new ArrayList<>();
    long held = 0;
    for (HubFile file : files) {
      held += folder.held(file);
      if (!folder.has(file)) {
        missing.add(file);
      }
    }
    long toFetch = work.selection().bytes() - held;
    listener.progress(held);
    folder.requireSpace(toFetch);
    long whole = work.selection().bytes() - missing.stream().mapToLong(HubFile::size).sum();
    for (HubFile file : missing) {
      listener.file(file.path(), file.size());
      long before = whole;
      new FileDownload(
              work.client(), work.model(), file, folder, bytes -> listener.progress(before + bytes))
          .run(work.retries(), settings.pace().stall());
      whole += file.size();
    }
    folder.place(files);
    return toFetch;
  }
}
