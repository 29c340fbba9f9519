package dev.refrain.topology.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that takes a {@link BrokerUnderTest} and runs once on each. The brokers live as long as
 * the test JVM and are shared by all tests: a test uses topics and groups of its own names.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@Tag("broker")
@ExtendWith(BrokersUnderTest.class)
public @interface OnEachBroker {}
