package dev.refrain.topology.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refrain.connectors.house.HouseModel;
import dev.refrain.topology.client.QuestionFile;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.Preset;
import dev.refrain.topology.quickstart.Quickstart;
import dev.refrain.topology.serve.ScratchFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The house model reads a slice of the almanac, the whole way on the embedded broker. */
class AlmanacIT {
  /** Measured on these questions: 0.25. */
  private static final double FLOOR = 0.5;

  @TempDir private Path folder;

  @Test
  void isReadByTheHouseModelAlikeInEachRun() throws Exception {
    Quickstart quickstart = new Quickstart(folder);
    quickstart.prepare();
    List<QuestionFile.Line> questions =
        Quickstart.questions().stream().filter(q -> q.kind().equals("direct")).limit(100).toList();
    List<Graded> first = new ArrayList<>();
    List<Graded> second = new ArrayList<>();

    Summary summary = run(quickstart, questions, first);
    Summary _ = run(quickstart, questions, second);

    assertThat(summary.failed()).isZero();
    assertThat(summary.exactMatch()).isGreaterThan(FLOOR);
    assertThat(second)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("times")
        .isEqualTo(first);
  }

  private Summary run(Quickstart quickstart, List<QuestionFile.Line> questions, List<Graded> graded)
      throws Exception {
    Path model = HouseModel.unpack(folder.resolve("house"));
    Preset preset =
        new Preset("house model", Quickstart.houseSettings(), List.of("model.folder=" + model));
    try (ScratchFolder scratch = ScratchFolder.make("refrain-almanac")) {
      List<String> settings = new ArrayList<>(scratch.settings());
      settings.add("retrieval.index=" + quickstart.index());
      settings.add("reader.samples=4");
      Configuration configuration =
          Configuration.load(Optional.empty(), settings, Map.of(), () -> preset).configuration();
      return new Evaluation(configuration, 64, Duration.ofMinutes(10)).run(questions, graded::add);
    }
  }
}
