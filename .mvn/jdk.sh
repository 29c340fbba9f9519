# Finds a JDK of at least the given version and prints its folder. Read by ./refrain and ./mvnw.
# Order: REFRAIN_JAVA_HOME, JAVA_HOME, the java on the PATH, then the places where packages and version managers put JDKs.

jdk_version() { # folder -> feature version, or nothing
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() { # minimum version -> folder
  local wanted=$1 home version on_path
  on_path=$(command -v java 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null)
  on_path=${on_path%/bin/java}
  for home in "${REFRAIN_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" \
    /usr/lib/jvm/*"$wanted"* /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    version=$(jdk_version "$home")
    if [ -n "$version" ] && [ "$version" -ge "$wanted" ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  cat >&2 <<EOF
Refrain needs a JDK $wanted or newer, and none was found.
Install one, for example:
  Debian, Ubuntu   apt-get install temurin-$wanted-jdk   (or openjdk-$wanted-jdk)
  macOS            brew install openjdk@$wanted
  anywhere         sdk install java $wanted-tem
or point REFRAIN_JAVA_HOME at its folder.
EOF
  return 1
}
