package dev.refrain.topology.harness;

import dev.refrain.topology.broker.BrokerSettings;
import dev.refrain.topology.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The product's own broker, in a temporary folder. */
final class EmbeddedBrokerUnderTest implements BrokerUnderTest {
  private final Path folder;
  private final EmbeddedBroker broker;

  EmbeddedBrokerUnderTest() {
    try {
      folder = Files.createTempDirectory("refrain-broker");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    broker = EmbeddedBroker.start(BrokerSettings.in(folder));
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void close() {
    broker.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
