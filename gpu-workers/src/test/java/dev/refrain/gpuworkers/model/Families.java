package dev.refrain.gpuworkers.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixtures of all families, one a variant. */
@ValueSource(
    strings = {
      "qwen2",
      "qwen2-windows",
      "qwen2-yarn",
      "qwen3",
      "mistral",
      "llama3",
      "llama-linear",
      "phi3",
      "phi3-longrope",
      "gemma2",
      "gemma2-uncapped",
      "gpt2"
    })
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Families {}
