package io.millwright.runtime.support;

import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Trees;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What reading and writing JSON both ask of a Java type. */
final class JsonTypes {

  /** Names the variant of a sealed interface; no component of a record can have such a name. */
  static final String KIND = "@kind";

  private JsonTypes() {}

  /** The class of a declared type. */
  static Class<?> raw(Type type) {
    if (type instanceof Class<?> c) {
      return c;
    }
    if (type instanceof ParameterizedType p && p.getRawType() instanceof Class<?> c) {
      return c;
    }
    throw unsupported(type);
  }

  /** What a list, a map or an optional holds. */
  static Type argument(Type type, int index) {
    if (type instanceof ParameterizedType p) {
      return p.getActualTypeArguments()[index];
    }
    throw unsupported(type);
  }

  static boolean isOptional(Type type) {
    Class<?> raw = raw(type);
    return raw == Optional.class
        || raw == OptionalDouble.class
        || raw == OptionalInt.class
        || raw == OptionalLong.class;
  }

  /** What stands for a field that is not there, or null where it must be there. */
  static @Nullable Object absent(Class<?> raw) {
    if (raw == Optional.class) {
      return Optional.empty();
    } else if (raw == OptionalDouble.class) {
      return OptionalDouble.empty();
    } else if (raw == OptionalInt.class) {
      return OptionalInt.empty();
    }
    return raw == OptionalLong.class ? OptionalLong.empty() : null;
  }

  /** Whether several kinds may stand where a type is declared, so that a value names its own. */
  static boolean hasKinds(Class<?> type) {
    return type.isSealed() || type == Layer.class || type == Loss.class;
  }

  /**
   * The kinds of a sealed interface, of layers or of losses, by their names in JSON; sorted, for
   * messages.
   */
  static Map<String, Class<?>> kinds(Class<?> type) {
    Map<String, Class<?>> kinds = new TreeMap<>();
    if (type == Layer.class) {
      nested(Layer.class, kinds);
      nested(Route.class, kinds);
      kinds.put(kind(Trees.class), Trees.class);
    } else if (type == Loss.class) {
      nested(Loss.class, kinds);
      kinds.put(kind(KeptLoss.class), KeptLoss.class);
    } else {
      collect(type, kinds);
    }
    return kinds;
  }

  private static void nested(Class<?> home, Map<String, Class<?>> kinds) {
    for (Class<?> layer : home.getDeclaredClasses()) {
      if (layer.isRecord()) {
        kinds.put(kind(layer), layer);
      }
    }
  }

  /** The name of a value's kind in JSON. */
  static String kind(Object value) {
    return value instanceof Layer layer ? layer.kindName() : kind(value.getClass());
  }

  private static void collect(Class<?> sealed, Map<String, Class<?>> kinds) {
    for (Class<?> variant : sealed.getPermittedSubclasses()) {
      if (variant.isRecord() || JsonForms.of(variant) != null) {
        Class<?> twin = kinds.put(kind(variant), variant);
        if (twin != null && twin != variant) {
          throw new IllegalStateException(variant + " and " + twin + " share a name in JSON");
        }
      } else if (variant.isSealed()) {
        collect(variant, kinds);
      } else {
        throw unsupported(variant);
      }
    }
  }

  /** The name of a variant: {@code LayerNorm} is {@code layer-norm}, {@code Conv1d} stays whole. */
  static String kind(Class<?> variant) {
    return variant
        .getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  static @Nullable Object component(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /** Calls the canonical constructor; what that throws comes out as the cause. */
  static Object construct(Class<?> type, @Nullable Object[] values)
      throws InvocationTargetException {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("cannot construct " + type, e);
    }
  }

  static IllegalStateException unsupported(Type type) {
    return new IllegalStateException(type.getTypeName() + " has no form in JSON; see Json");
  }
}
