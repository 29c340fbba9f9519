package dev.refrain.peers;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.CacheType;
import java.util.stream.StreamSupport;

/** llama.cpp, on a GGUF file in float. */
public final class LlamaCpp {
  private LlamaCpp() {}

  /** Arguments: the file, threads, most positions. */
  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[1]);
    ModelParameters parameters =
        new ModelParameters()
            .setModel(arguments[0])
            .setThreads(threads)
            .setThreadsBatch(threads)
            .setCtxSize(Integer.parseInt(arguments[2]))
            .setBatchSize(512)
            .setUbatchSize(512)
            .setCacheTypeK(CacheType.F32)
            .setCacheTypeV(CacheType.F32)
            .setParallel(1)
            .disableLog();
    try (LlamaModel model = new LlamaModel(parameters)) {
      Turns.serve((prompt, newTokens) -> generate(model, prompt, newTokens));
    }
  }

  /** The last output has no token, it says that there are no more. */
  private static int generate(LlamaModel model, String prompt, int newTokens) {
    InferenceParameters request =
        new InferenceParameters(prompt)
            .setNPredict(newTokens)
            .setTemperature(0)
            .setIgnoreEos(true)
            .setCachePrompt(false);
    Iterable<LlamaOutput> tokens = model.generate(request);
    return (int) StreamSupport.stream(tokens.spliterator(), false).count() - 1;
  }
}
