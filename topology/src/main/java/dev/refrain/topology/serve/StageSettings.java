package dev.refrain.topology.serve;

import dev.refrain.connectors.words.WordVectors;
import dev.refrain.gpuworkers.tokenizer.ChatTemplate;
import dev.refrain.processors.decision.ThresholdPolicy;
import dev.refrain.processors.packing.AnswerSettings;
import dev.refrain.processors.packing.AnswerSettings.Form;
import dev.refrain.processors.packing.PackingSettings;
import dev.refrain.processors.packing.PackingSettings.Order;
import dev.refrain.processors.packing.PackingSettings.Overflow;
import dev.refrain.processors.packing.PromptTemplate;
import dev.refrain.processors.packing.ReadingSettings;
import dev.refrain.processors.question.QuestionRules;
import dev.refrain.processors.relevance.AlikeWords;
import dev.refrain.processors.relevance.Relevance;
import dev.refrain.processors.relevance.SharedTerms;
import dev.refrain.processors.stages.RetrievalSettings;
import dev.refrain.processors.work.GenerationSettings;
import dev.refrain.topology.QaSettings;
import dev.refrain.topology.config.Configuration;
import dev.refrain.topology.config.ConfigurationException;
import dev.refrain.topology.config.PackingConfig;
import dev.refrain.topology.config.QuestionsConfig;
import dev.refrain.topology.config.ReaderConfig;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Turns sections of the configuration into the settings of the stages. Stateless. */
public final class StageSettings {
  private StageSettings() {}

  /**
   * The settings of a question's way, its prompts in the model's chat template where that is asked
   * for.
   *
   * @param modelContext the frozen model's context length in tokens
   * @throws ConfigurationException if the configured context is longer than the model's, or leaves
   *     no room for a prompt
   * @throws dev.refrain.gpuworkers.model.UnusableModelException if the model has no chat template
   *     and needs one, or the word vectors cannot be read
   */
  public static QaSettings of(Configuration configuration, int modelContext) {
    return of(
        configuration,
        modelContext,
        configuration.reader().chat()
            ? ChatTemplate.open(configuration.model().requiredFolder())::ask
            : UnaryOperator.identity());
  }

  /**
   * The same with prompts in another guise.
   *
   * @param said puts a prompt, its slots still open, where the model expects what a user says
   * @throws ConfigurationException if the configured context is longer than the model's, or leaves
   *     no room for a prompt
   */
  static QaSettings of(Configuration configuration, int modelContext, UnaryOperator<String> said) {
    QuestionsConfig questions = configuration.questions();
    return new QaSettings(
        configuration.topics().topics(),
        new QuestionRules(questions.tasks(), questions.maxCharacters(), questions.timeLimit()),
        new RetrievalSettings(
            configuration.retrieval().topK(),
            new PromptTemplate(configuration.recursion().query()),
            configuration.recursion().queryCandidates(),
            configuration.rerank().keep()),
        packing(configuration.packing(), configuration.reader()),
        reading(configuration, said),
        contextLength(configuration, modelContext),
        new ThresholdPolicy(
            configuration.policy().name(),
            configuration.policy().version(),
            configuration.policy().thresholds()),
        configuration.stream().finishedRetention());
  }

  private static PackingSettings packing(PackingConfig packing, ReaderConfig reader) {
    Overflow overflow =
        switch (packing.overflow()) {
          case STOP -> Overflow.STOP;
          case SKIP -> Overflow.SKIP;
        };
    Order order =
        switch (packing.order()) {
          case BEST_FIRST -> Order.BEST_FIRST;
          case BEST_LAST -> Order.BEST_LAST;
        };
    return new PackingSettings(
        overflow, order, packing.maxPassages(), new PromptTemplate(reader.passage()));
  }

  private static ReadingSettings reading(Configuration configuration, UnaryOperator<String> said) {
    ReaderConfig reader = configuration.reader();
    return new ReadingSettings(
        new PromptTemplate(said.apply(reader.prompt())),
        new PromptTemplate(said.apply(configuration.recursion().prompt())),
        new PromptTemplate(configuration.recursion().candidate()),
        configuration.recursion().maxCandidates(),
        configuration.packing().firstPassSentences(),
        configuration.recursion().followBelow(),
        relevance(configuration.packing()),
        new GenerationSettings(
            reader.maxNewTokens(),
            reader.samples(),
            reader.temperature(),
            reader.topP(),
            reader.stop(),
            reader.seed()),
        answer(reader));
  }

  private static Relevance relevance(PackingConfig packing) {
    Path vectors = packing.wordVectors();
    return vectors == null
        ? new SharedTerms()
        : new AlikeWords(new VectorLikeness(WordVectors.read(vectors)));
  }

  private static AnswerSettings answer(ReaderConfig reader) {
    Form form =
        switch (reader.answer()) {
          case FREE -> Form.FREE;
          case SPAN -> Form.SPAN;
          case NEW_SPAN -> Form.NEW_SPAN;
        };
    return new AnswerSettings(
        form, reader.noAnswer(), reader.declinePenalty(), reader.coveragePenalty());
  }

  private static int contextLength(Configuration configuration, int modelContext) {
    int wanted = configuration.model().contextLength();
    int context = wanted == 0 ? modelContext : wanted;
    if (context > modelContext) {
      throw new ConfigurationException(
          "model.contextLength is %d, the model's own is %d: lower it, or set 0 for the model's."
              .formatted(wanted, modelContext));
    }
    if (context <= configuration.reader().maxNewTokens()) {
      throw new ConfigurationException(
          "reader.maxNewTokens is %d and leaves no prompt in a context of %d tokens: lower it."
              .formatted(configuration.reader().maxNewTokens(), context));
    }
    return context;
  }
}
