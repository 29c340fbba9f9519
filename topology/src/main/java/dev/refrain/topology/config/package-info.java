/**
 * The configuration: one YAML file over documented defaults, bound to one immutable record a
 * section and refused where a key is unknown or a value out of range. Reads the file it is given
 * and nothing else; a stage gets its section, never the whole. Start with {@link
 * dev.refrain.topology.config.Configuration}.
 */
@NullMarked
package dev.refrain.topology.config;

import org.jspecify.annotations.NullMarked;
