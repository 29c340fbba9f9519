package dev.refrain.topology.harness;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * Runs an {@link OnEachBroker} test on the embedded broker and on Kafka in a container. Where no
 * container can run, that half is skipped, and both the report and the output say so.
 */
final class BrokersUnderTest implements TestTemplateInvocationContextProvider {
  private static final Namespace BROKERS = Namespace.create(BrokersUnderTest.class);

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(
        new OnBroker("embedded broker", () -> Optional.of(new EmbeddedBrokerUnderTest())),
        new OnBroker("Kafka in Docker", BrokersUnderTest::container));
  }

  private static Optional<BrokerUnderTest> container() {
    Optional<BrokerUnderTest> broker = ContainerBrokerUnderTest.start().map(started -> started);
    if (broker.isEmpty()) {
      System.out.println(OnBroker.SKIPPED);
    }
    return broker;
  }

  /** One run of the test; its broker is started by the first test that wants it. */
  private record OnBroker(String name, Supplier<Optional<BrokerUnderTest>> start)
      implements TestTemplateInvocationContext, ExecutionCondition, ParameterResolver {
    static final String SKIPPED =
        "SKIPPED on Kafka in Docker: no Docker engine answers, or it has no image of Kafka.";

    @Override
    public String getDisplayName(int invocationIndex) {
      return name;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return broker(context).isPresent()
          ? ConditionEvaluationResult.enabled(name + " runs")
          : ConditionEvaluationResult.disabled(SKIPPED);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == BrokerUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return broker(context).orElseThrow();
    }

    private Optional<BrokerUnderTest> broker(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(BROKERS)
          .computeIfAbsent(name, _ -> new Shared(start.get()), Shared.class)
          .broker();
    }
  }

  /** Closed by JUnit after the last test. */
  private record Shared(Optional<BrokerUnderTest> broker) implements AutoCloseable {
    @Override
    public void close() {
      broker.ifPresent(BrokerUnderTest::close);
    }
  }
}
