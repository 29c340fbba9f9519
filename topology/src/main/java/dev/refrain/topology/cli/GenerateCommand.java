package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.generate.Generation;
import dev.refrain.gpuworkers.generate.GenerationEngine;
import dev.refrain.gpuworkers.generate.GenerationRequest;
import dev.refrain.gpuworkers.generate.LanguageModel;
import dev.refrain.gpuworkers.generate.Sampling;
import dev.refrain.gpuworkers.model.EngineSettings;
import dev.refrain.topology.config.ModelConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refrain generate}: the frozen model alone, without brokers and without passages. */
@Command(
    name = "generate",
    description = "Continue a prompt with the frozen model alone.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  refrain generate --model models/smollm --prompt \"Once upon a time\"",
      "  refrain generate --model models/smollm --prompt \"The capital of France is\" \\",
      "      --temperature 0.8 --top-p 0.95 --n 4 --seed 7 --max-new-tokens 20 --json"
    })
final class GenerateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--model", paramLabel = "DIR", description = "Hugging Face folder of the model.")
  private @Nullable Path model;

  @Option(names = "--prompt", paramLabel = "TEXT", required = true, description = "The prompt.")
  private String prompt = "";

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      description = "Most tokens to generate (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens = 64;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0 for greedy decoding, above 0 to sample (default: ${DEFAULT-VALUE}).")
  private double temperature = 0;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Nucleus mass of sampling, in (0, 1] (default: ${DEFAULT-VALUE}).")
  private double topP = 1;

  @Option(
      names = {"-n", "--n"},
      paramLabel = "N",
      description = "Number of samples (default: ${DEFAULT-VALUE}).")
  private int samples = 1;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "End before this text; may be repeated.")
  private List<String> stop = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides the samples (default: ${DEFAULT-VALUE}).")
  private long seed = 0;

  @Override
  public Integer call() {
    if (temperature == 0 && samples != 1) {
      throw common.wrongUsage("--n " + samples + " needs a --temperature above 0, or is 1.");
    }
    Sampling sampling =
        temperature == 0
            ? Sampling.greedy(maxNewTokens, stop)
            : new Sampling(false, samples, temperature, topP, maxNewTokens, stop, seed);
    GenerationRequest request = new GenerationRequest(prompt, sampling, null);
    List<String> flags = model == null ? List.of() : List.of("model.folder=" + model);
    ModelConfig config = common.loadWithModel(flags).configuration().model();
    EngineSettings settings = config.settings(Processors.of(config.threads()));
    try (LanguageModel loaded = LanguageModel.load(config.requiredFolder(), settings);
        GenerationEngine engine = loaded.engine(InstantSource.system())) {
      engine.check(request);
      Generation generation = engine.generate(List.of(request)).getFirst();
      common.output().value(generation);
      GenerationPrinter.print(common.output(), generation);
    }
    return 0;
  }
}
