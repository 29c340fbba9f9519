package dev.refrain.topology;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may depend on what, over the classes of all modules. */
class ArchitectureTest {
  private static final String GENERATED = "dev.refrain.schemas.avro..";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.refrain");

  @ParameterizedTest
  @CsvSource({
    "schemas, processors",
    "schemas, gpuworkers",
    "schemas, connectors",
    "schemas, topology",
    "processors, gpuworkers",
    "processors, connectors",
    "processors, topology",
    "gpuworkers, processors",
    "gpuworkers, connectors",
    "gpuworkers, topology",
    "connectors, processors",
    "connectors, topology"
  })
  void keepsModulesFromDependingOn(String module, String other) {
    assertThat(CLASSES).anyMatch(seen -> seen.getPackageName().startsWith(of(module)));
    noClasses()
        .that()
        .resideInAPackage(of(module) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(of(other) + "..")
        .check(CLASSES);
  }

  private static String of(String module) {
    return "dev.refrain." + module;
  }

  @Test
  void keepsTheEngineInTheModulesOfTheModels() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.refrain.gpuworkers..", "dev.refrain.connectors..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }

  @Test
  void keepsKafkaStreamsInTheTopologyAndTheStages() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.refrain.topology..", "dev.refrain.processors.stages")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.streams..")
        .check(CLASSES);
  }

  /** Beside the processors, {@code Stages} has the stores in its signature. */
  @Test
  void showsKafkaStreamsAmongTheStagesInProcessorsOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.refrain.processors.stages")
        .and()
        .arePublic()
        .and()
        .haveSimpleNameNotEndingWith("Processor")
        .and()
        .doNotHaveSimpleName("Stages")
        .should(dependOnClassesThat(resideInAPackage("org.apache.kafka.streams..")))
        .check(CLASSES);
  }

  @Test
  void keepsLuceneInRetrieval() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.refrain.processors.retrieval")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.lucene..")
        .check(CLASSES);
  }

  @Test
  void hasNoCyclesOfPackages() {
    slices().matching("dev.refrain.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void namesClassesForWhatTheyAre() {
    classes()
        .that()
        .resideOutsideOfPackage(GENERATED)
        .should()
        .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?|Base|Data|Info)")
        .andShould()
        .haveNameNotMatching(".*[.$]Abstract[^.$]*")
        .check(CLASSES);
    assertThat(CLASSES)
        .extracting(JavaClass::getPackageName)
        .noneMatch(name -> name.matches(".*\\.(common|util|misc)(\\..*)?"));
  }

  @Test
  void leavesPrintingAndExitingToTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.refrain.topology.cli")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  @Test
  void hasNoMutableStatics() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage(GENERATED)
        .should()
        .beFinal()
        .check(CLASSES);
  }
}
