/**
 * An assistant over a language model that the host brings: it gets typed tools and passages, and
 * what it answers must stand on what they said. No language model comes with Millwright, and none
 * is fetched. Hosts implement {@link io.millwright.api.assist.LanguageModel}; plug-ins and hosts
 * may implement {@link io.millwright.api.assist.Tool}.
 */
@NullMarked
package io.millwright.api.assist;

import org.jspecify.annotations.NullMarked;
