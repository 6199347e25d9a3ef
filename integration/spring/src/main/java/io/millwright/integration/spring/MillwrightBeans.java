package io.millwright.integration.spring;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelStore;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.runtime.serve.FollowingPredictor;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Beans whose names and types are known from properties and the class path: a predictor for each
 * model, and the facade of each plug-in. Both are made when they are first asked for.
 */
final class MillwrightBeans implements BeanDefinitionRegistryPostProcessor {

  private static final List<String> FACADES =
      List.of(
          "io.millwright.maintenance.Maintenance",
          "io.millwright.quality.Quality",
          "io.millwright.scheduling.Scheduling",
          "io.millwright.supplychain.SupplyChain",
          "io.millwright.production.Production",
          "io.millwright.personalization.Personalization");

  private final Environment environment;

  MillwrightBeans(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    MillwrightProperties properties =
        Binder.get(environment).bindOrCreate("millwright", MillwrightProperties.class);
    DefaultListableBeanFactory beans = (DefaultListableBeanFactory) registry;
    properties.models().forEach((name, reference) -> predictor(beans, name, reference));
    ClassLoader loader = beans.getBeanClassLoader();
    for (String name : FACADES) {
      if (ClassUtils.isPresent(name, loader)) {
        facade(beans, ClassUtils.resolveClassName(name, loader));
      }
    }
    for (String name : properties.facades()) {
      if (!ClassUtils.isPresent(name, loader)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "millwright.facades names "
                + name
                + ", which is not on the class path"
                + "\nMaybe add the plug-in's jar, or write the facade's full name");
      }
      facade(beans, ClassUtils.resolveClassName(name, loader));
    }
  }

  private static void predictor(DefaultListableBeanFactory beans, String name, String reference) {
    RootBeanDefinition definition = new RootBeanDefinition();
    definition.setTargetType(
        ResolvableType.forClassWithGenerics(Predictor.class, Table.class, Object.class));
    definition.setInstanceSupplier(
        () ->
            FollowingPredictor.of(
                beans.getBean(Millwright.class), store(beans, name, reference), reference));
    definition.setDestroyMethodName("close");
    definition.setDependsOn("millwright");
    beans.registerBeanDefinition(name, definition);
  }

  private static ModelStore store(DefaultListableBeanFactory beans, String name, String reference) {
    return beans
        .getBeanProvider(ModelStore.class)
        .getIfAvailable(
            () -> {
              throw new MillwrightException(
                  ErrorCode.BAD_OPTION,
                  "millwright.models."
                      + name
                      + " is "
                      + reference
                      + ", but there is no store\nMaybe set millwright.store to its folder");
            });
  }

  private static <F> void facade(DefaultListableBeanFactory beans, Class<F> type) {
    if (beans.getBeanNamesForType(type, true, false).length > 0) {
      return;
    }
    RootBeanDefinition definition = new RootBeanDefinition(type);
    definition.setInstanceSupplier(() -> beans.getBean(Millwright.class).plugin(type));
    definition.setLazyInit(true);
    definition.setDependsOn("millwright");
    beans.registerBeanDefinition(
        Character.toLowerCase(type.getSimpleName().charAt(0)) + type.getSimpleName().substring(1),
        definition);
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    // All is done with the registry.
  }
}
