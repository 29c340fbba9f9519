package dev.refrain.gpuworkers.openai;

import dev.refrain.gpuworkers.engine.TorchArchive;
import dev.refrain.gpuworkers.model.ModelFolder;
import dev.refrain.gpuworkers.model.TokenEmbeddings;
import dev.refrain.gpuworkers.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Prompts as embeddings: the vectors of a soft prompt, then those of the prompt's tokens, as vLLM
 * takes them where it was started with {@code --enable-prompt-embeds}: a matrix [tokens, C] as
 * {@code torch.save} writes it, in base64. Safe for use by many threads.
 *
 * <p>Source: vLLM, {@code docs/features/prompt_embeds.md} and {@code
 * vllm/renderers/embed_utils.py}, which loads it with {@code weights_only} and casts it to the
 * model's type.
 */
public final class PromptEmbeddings {
  private final Tokenizer tokenizer;
  private final TokenEmbeddings embeddings;
  private final float[] prefix;

  /**
   * @param tokenizer of the model; not closed here
   * @param prefix vectors in front of every prompt, one after another, each as wide as the model's
   */
  public PromptEmbeddings(ModelFolder folder, Tokenizer tokenizer, float[] prefix) {
    this.tokenizer = tokenizer;
    this.embeddings = TokenEmbeddings.open(folder);
    this.prefix = prefix.clone();
    if (prefix.length % embeddings.width() != 0) {
      throw new IllegalArgumentException(
          "%d numbers are no vectors of the model's width, %d"
              .formatted(prefix.length, embeddings.width()));
    }
  }

  /**
   * The whole prompt in base64.
   *
   * @throws IllegalArgumentException if the prompt gives no token
   */
  String base64(String prompt) {
    int[] tokens = tokenizer.encode(prompt);
    if (tokens.length == 0) {
      throw new IllegalArgumentException("the prompt is empty: it gives no token");
    }
    float[] rows = embeddings.of(tokens);
    float[] all = Arrays.copyOf(prefix, prefix.length + rows.length); // [P + T, C]
    System.arraycopy(rows, 0, all, prefix.length, rows.length);
    return Base64.getEncoder().encodeToString(TorchArchive.matrix(all, embeddings.width()));
  }
}
