package io.millwright.api.assist;

import java.util.List;

/**
 * A language model, such as a service of the host or a local runtime. Hosts implement it. Must be
 * thread-safe where one assistant answers on several threads. What it throws ends the answer.
 */
@FunctionalInterface
public interface LanguageModel {

  /**
   * Goes on with a conversation.
   *
   * @param conversation what was said so far, first to last; see {@link Message} for what is data
   * @param tools what may be called
   * @return a call of a tool, or the answer
   */
  Turn next(List<Message> conversation, List<ToolSpec> tools);
}
