/**
 * A pool served by an engine that speaks OpenAI's completions interface: vLLM, SGLang, llama.cpp's
 * server and others. The engine runs elsewhere; here are the calls, what to do where it is busy,
 * away or refuses, and what its answers say in our words. Start with {@link
 * dev.refrain.gpuworkers.openai.OpenAiGenerator}.
 */
@NullMarked
package dev.refrain.gpuworkers.openai;

import org.jspecify.annotations.NullMarked;
