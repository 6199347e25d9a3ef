package io.millwright.api.learn;

import java.util.Locale;

/** The names of kinds, made once for each class: engines ask for them in every pass. */
final class KindNames {

  static final ClassValue<String> OF =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return type.getSimpleName()
              .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
              .toLowerCase(Locale.ROOT);
        }
      };

  private KindNames() {}
}
