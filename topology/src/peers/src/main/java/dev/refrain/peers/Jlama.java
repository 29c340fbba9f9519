package dev.refrain.peers;

import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.ModelSupport;
import com.github.tjake.jlama.model.functions.Generator;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.prompt.PromptContext;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Jlama, on a Hugging Face folder in float. */
public final class Jlama {
  private Jlama() {}

  /** Arguments: the folder, threads, most positions. */
  public static void main(String[] arguments) {
    File folder = Path.of(arguments[0]).toFile();
    try (AbstractModel model =
        ModelSupport.loadModel(
            folder,
            folder.getParentFile(),
            DType.F32,
            DType.F32,
            Optional.empty(),
            Optional.of(Integer.parseInt(arguments[1])))) {
      Turns.serve((prompt, newTokens) -> generate(model, prompt, newTokens));
    }
  }

  /** Its number of tokens is the position that it stops before, prompt included. */
  private static int generate(AbstractModel model, String prompt, int newTokens) {
    Generator.Response response =
        model.generate(
            UUID.randomUUID(),
            PromptContext.of(prompt),
            0,
            prompt.length() + newTokens + 1,
            (token, seconds) -> {});
    return response.generatedTokens;
  }
}
