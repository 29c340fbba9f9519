package dev.refrain.topology.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.refrain.gpuworkers.model.SafetensorsWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A Llama with random weights in float, as a Hugging Face folder and as a GGUF file: the same
 * numbers, under both names, for engines that are measured beside each other. Every letter from a
 * to z is a token, and the only ones that a text can give, so that a text of n letters has n
 * tokens; there is no token that ends a sequence.
 *
 * @param layers number of layers
 * @param hidden C, width of embeddings; a multiple of {@code heads}
 * @param heads query heads
 * @param kvHeads key and value heads
 * @param intermediate F, width inside the feed-forward
 * @param vocabulary V, at least 300; the output matrix is the embedding again
 * @param context most positions
 */
public record RandomModel(
    int layers, int hidden, int heads, int kvHeads, int intermediate, int vocabulary, int context) {
  /** The shape of SmolLM2-135M (huggingface.co/HuggingFaceTB/SmolLM2-135M, config.json). */
  public static final RandomModel SMOLLM2_135M = new RandomModel(30, 576, 9, 3, 1536, 49152, 2048);

  /** A shape for trying the benchmark itself: 2 million weights. */
  public static final RandomModel TINY = new RandomModel(4, 192, 6, 3, 512, 1000, 2048);

  private static final int BYTES = 256;
  private static final int LETTERS = 26;
  private static final double EPSILON = 1e-5;
  private static final double THETA = 10_000;

  /** What GGUF calls kinds of tokens, {@code llama_token_type} of llama.cpp. */
  private enum Kind {
    NORMAL(1),
    UNKNOWN(2),
    CONTROL(3),
    BYTE(6);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  private record Token(String text, Kind kind) {}

  /** One stored tensor; norms are ones, matrices evenly distributed with deviation 0.02. */
  private record Weight(String name, String ggufName, List<Long> shape, long seed) {
    long[] sizes() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }

    FloatBuffer numbers() {
      int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
      FloatBuffer numbers = FloatBuffer.allocate(size);
      SplittableRandom random = new SplittableRandom(seed);
      double width = 0.02 * Math.sqrt(12);
      while (numbers.hasRemaining()) {
        numbers.put(shape.size() == 1 ? 1 : (float) ((random.nextDouble() - 0.5) * width));
      }
      return numbers.flip();
    }
  }

  /** A text of as many letters, another one for each seed. */
  public static String prompt(int letters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      text.append((char) ('a' + random.nextInt(LETTERS)));
    }
    return text.toString();
  }

  /**
   * Writes {@code config.json}, {@code tokenizer.json}, {@code tokenizer_config.json} and {@code
   * model.safetensors}.
   *
   * @param folder made if it is not there
   */
  public void writeFolder(Path folder) throws IOException {
    JsonMapper json = new JsonMapper();
    Files.createDirectories(folder);
    json.writeValue(folder.resolve("config.json").toFile(), config());
    json.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer());
    json.writeValue(
        folder.resolve("tokenizer_config.json").toFile(),
        Map.of("tokenizer_class", "PreTrainedTokenizerFast", "add_bos_token", false));
    SafetensorsWriter file = new SafetensorsWriter(SafetensorsWriter.Precision.F32);
    file.metadata("format", "pt");
    weights().forEach(weight -> file.add(weight.name(), weight.sizes(), weight::numbers));
    file.write(folder.resolve("model.safetensors"));
  }

  /** Writes the same model for llama.cpp. */
  public void writeGguf(Path path) throws IOException {
    List<Token> tokens = tokens();
    GgufWriter file = new GgufWriter();
    file.text("general.architecture", "llama").text("general.name", "random");
    file.number("general.file_type", 0);
    file.number("llama.context_length", context).number("llama.embedding_length", hidden);
    file.number("llama.block_count", layers).number("llama.feed_forward_length", intermediate);
    file.number("llama.attention.head_count", heads);
    file.number("llama.attention.head_count_kv", kvHeads);
    file.number("llama.rope.dimension_count", hidden / heads);
    file.number("llama.vocab_size", vocabulary);
    file.decimal("llama.attention.layer_norm_rms_epsilon", (float) EPSILON);
    file.decimal("llama.rope.freq_base", (float) THETA);
    file.text("tokenizer.ggml.model", "llama");
    file.texts("tokenizer.ggml.tokens", tokens.stream().map(Token::text).toList());
    file.decimals("tokenizer.ggml.scores", new float[vocabulary]);
    file.numbers(
        "tokenizer.ggml.token_type",
        tokens.stream().mapToInt(token -> token.kind().number).toArray());
    file.number("tokenizer.ggml.unknown_token_id", 0);
    file.number("tokenizer.ggml.bos_token_id", 1).number("tokenizer.ggml.eos_token_id", 2);
    file.flag("tokenizer.ggml.add_bos_token", false);
    file.flag("tokenizer.ggml.add_space_prefix", false);
    weights().forEach(weight -> file.tensor(weight.ggufName(), weight.sizes(), weight::numbers));
    file.write(path);
  }

  private List<Weight> weights() {
    List<Weight> weights = new ArrayList<>();
    add(weights, "model.embed_tokens", "token_embd", vocabulary, hidden);
    for (int layer = 0; layer < layers; layer++) {
      String name = "model.layers.%d.".formatted(layer);
      String gguf = "blk.%d.".formatted(layer);
      long kv = (long) kvHeads * hidden / heads;
      add(weights, name + "input_layernorm", gguf + "attn_norm", hidden);
      add(weights, name + "self_attn.q_proj", gguf + "attn_q", hidden, hidden);
      add(weights, name + "self_attn.k_proj", gguf + "attn_k", kv, hidden);
      add(weights, name + "self_attn.v_proj", gguf + "attn_v", kv, hidden);
      add(weights, name + "self_attn.o_proj", gguf + "attn_output", hidden, hidden);
      add(weights, name + "post_attention_layernorm", gguf + "ffn_norm", hidden);
      add(weights, name + "mlp.gate_proj", gguf + "ffn_gate", intermediate, hidden);
      add(weights, name + "mlp.up_proj", gguf + "ffn_up", intermediate, hidden);
      add(weights, name + "mlp.down_proj", gguf + "ffn_down", hidden, intermediate);
    }
    add(weights, "model.norm", "output_norm", hidden);
    return weights;
  }

  private static void add(List<Weight> weights, String name, String gguf, long... shape) {
    List<Long> sizes = LongStream.of(shape).boxed().toList();
    weights.add(new Weight(name + ".weight", gguf + ".weight", sizes, weights.size()));
  }

  private List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    tokens.add(new Token("<unk>", Kind.UNKNOWN));
    tokens.add(new Token("<s>", Kind.CONTROL));
    tokens.add(new Token("</s>", Kind.CONTROL));
    IntStream.range(0, BYTES)
        .forEach(value -> tokens.add(new Token("<0x%02X>".formatted(value), Kind.BYTE)));
    IntStream.range(0, LETTERS)
        .forEach(letter -> tokens.add(new Token("" + (char) ('a' + letter), Kind.NORMAL)));
    while (tokens.size() < vocabulary) {
      tokens.add(new Token("#%d".formatted(tokens.size()), Kind.NORMAL));
    }
    return tokens;
  }

  private ObjectNode config() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putArray("architectures").add("LlamaForCausalLM");
    root.put("model_type", "llama");
    root.put("vocab_size", vocabulary);
    root.put("hidden_size", hidden);
    root.put("intermediate_size", intermediate);
    root.put("num_hidden_layers", layers);
    root.put("num_attention_heads", heads);
    root.put("num_key_value_heads", kvHeads);
    root.put("max_position_embeddings", context);
    root.put("rms_norm_eps", EPSILON);
    root.put("rope_theta", THETA);
    root.put("hidden_act", "silu");
    root.put("tie_word_embeddings", true);
    root.put("bos_token_id", 1);
    root.putArray("eos_token_id");
    root.put("torch_dtype", "float32");
    return root;
  }

  private ObjectNode tokenizer() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", "1.0");
    root.putArray("added_tokens");
    ObjectNode model = root.putObject("model");
    model.put("type", "BPE");
    model.put("unk_token", "<unk>");
    ObjectNode ids = model.putObject("vocab");
    List<Token> tokens = tokens();
    IntStream.range(0, tokens.size()).forEach(id -> ids.put(tokens.get(id).text(), id));
    model.putArray("merges");
    return root;
  }
}
