/**
 * The house model: a small language model that this project trains to read. Texts come from
 * invented worlds, so that an answer is found in the passages and never remembered; the result is
 * an ordinary Hugging Face folder. Start with {@link dev.refrain.connectors.house.HouseTraining}.
 */
@NullMarked
package dev.refrain.connectors.house;

import org.jspecify.annotations.NullMarked;
