package dev.refrain.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GenerateCommandTest {
  private static final String TINY = "src/test/resources/dev/refrain/topology/serve/tiny-llama";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsAsManySamplesAsAskedForWithIdsAndLogProbabilities() throws Exception {
    String[] flags = {
      "generate",
      "--model",
      TINY,
      "--prompt",
      "a",
      "--max-new-tokens",
      "5",
      "--temperature",
      "1",
      "--n",
      "3",
      "--seed",
      "9",
      "--json"
    };
    assertThat(run(flags)).as(err.toString()).isZero();
    JsonNode sequences = new JsonMapper().readTree(out.toString()).get("sequences");
    assertThat(sequences).hasSize(3);
    for (JsonNode sequence : sequences) {
      assertThat(sequence.get("tokenIds")).hasSizeBetween(1, 5);
      assertThat(sequence.get("logProbabilities")).hasSameSizeAs(sequence.get("tokenIds"));
    }
    String first = sequences.toString();
    out.getBuffer().setLength(0);
    run(flags);
    assertThat(new JsonMapper().readTree(out.toString()).get("sequences")).hasToString(first);
  }

  @Test
  @Tag("corpus")
  void tellsTheStoryThatLlama2cTells() throws Exception {
    Path folder = Path.of(System.getProperty("refrain.data", "absent"), "checkpoints/stories260K");
    assumeTrue(Files.exists(folder), folder + " is absent");
    JsonNode expected = new JsonMapper().readTree(folder.resolve("expected.json").toFile());
    String story = expected.get("steps_200_expected").textValue();
    assertThat(
            run(
                "generate",
                "--model",
                folder.toString(),
                "--prompt",
                "",
                "--max-new-tokens",
                "200",
                "--temperature",
                "0"))
        .as(err.toString())
        .isZero();
    // llama2.c's 200 steps count the start token; ours are 200 new tokens.
    assertThat(out.toString()).startsWith(story).contains("token ids", "log-probabilities");
  }

  @Test
  void refusesSeveralGreedySequencesAndFoldersThatAreNoModel() {
    assertThat(run("generate", "--model", TINY, "--prompt", "a", "--n", "2")).isEqualTo(2);
    assertThat(err.toString()).contains("--n 2 needs a --temperature above 0");
    assertThat(run("generate", "--model", "/no/such", "--prompt", "a")).isEqualTo(1);
    assertThat(err.toString()).contains("/no/such: is no folder").doesNotContain("\tat ");
    assertThat(run("generate", "--model", TINY)).isEqualTo(2);
    assertThat(err.toString()).contains("--prompt");
  }

  @Test
  void takesTheHouseModelWhereNoneIsNamed() {
    String prompt = " Rin: Rin is red.\n Question: What colour is Rin?\n Answer:";
    assertThat(run("generate", "--prompt", prompt, "--max-new-tokens", "4"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("token ids");
  }

  private int run(String... args) {
    return Refrain.run(new PrintWriter(out), new PrintWriter(err), args);
  }
}
