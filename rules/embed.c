// The packs are embedded with C23's #embed: the compiler copies the bytes, a changed pack rebuilds this file only, and
// the program needs no file beside it. SwiftPM's own `.embedInCode` takes minutes at this size
// (docs/architecture.md, "Rules in the binary").
//
// A new pack file gets an array and a line in `files`; a test compares them with the folder.
#include "include/BuiltInRules.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char delivery[] = {
#embed "delivery.yaml"
};
static const unsigned char dependency_config[] = {
#embed "dependency-config.yaml"
};
static const unsigned char github_actions[] = {
#embed "github-actions.yaml"
};
static const unsigned char gitlab_ci[] = {
#embed "gitlab-ci.yaml"
};
static const unsigned char pipeline_commands[] = {
#embed "pipeline-commands.yaml"
};
static const unsigned char secrets_ai[] = {
#embed "secrets/ai.yaml"
};
static const unsigned char secrets_chat[] = {
#embed "secrets/chat.yaml"
};
static const unsigned char secrets_cloud[] = {
#embed "secrets/cloud.yaml"
};
static const unsigned char secrets_connections[] = {
#embed "secrets/connections.yaml"
};
static const unsigned char secrets_generic[] = {
#embed "secrets/generic.yaml"
};
static const unsigned char secrets_infrastructure[] = {
#embed "secrets/infrastructure.yaml"
};
static const unsigned char secrets_keys[] = {
#embed "secrets/keys.yaml"
};
static const unsigned char secrets_mail[] = {
#embed "secrets/mail.yaml"
};
static const unsigned char secrets_package_registries[] = {
#embed "secrets/package-registries.yaml"
};
static const unsigned char secrets_payment[] = {
#embed "secrets/payment.yaml"
};
static const unsigned char secrets_proved[] = {
#embed "secrets/proved.yaml"
};
static const unsigned char secrets_saas[] = {
#embed "secrets/saas.yaml"
};
static const unsigned char secrets_source_hosts[] = {
#embed "secrets/source-hosts.yaml"
};

#define FILE_OF(path, array) {path, array, sizeof array}

static const tg_rule_file_t files[] = {
  FILE_OF("rules/delivery.yaml", delivery),
  FILE_OF("rules/dependency-config.yaml", dependency_config),
  FILE_OF("rules/github-actions.yaml", github_actions),
  FILE_OF("rules/gitlab-ci.yaml", gitlab_ci),
  FILE_OF("rules/pipeline-commands.yaml", pipeline_commands),
  FILE_OF("rules/secrets/ai.yaml", secrets_ai),
  FILE_OF("rules/secrets/chat.yaml", secrets_chat),
  FILE_OF("rules/secrets/cloud.yaml", secrets_cloud),
  FILE_OF("rules/secrets/connections.yaml", secrets_connections),
  FILE_OF("rules/secrets/generic.yaml", secrets_generic),
  FILE_OF("rules/secrets/infrastructure.yaml", secrets_infrastructure),
  FILE_OF("rules/secrets/keys.yaml", secrets_keys),
  FILE_OF("rules/secrets/mail.yaml", secrets_mail),
  FILE_OF("rules/secrets/package-registries.yaml", secrets_package_registries),
  FILE_OF("rules/secrets/payment.yaml", secrets_payment),
  FILE_OF("rules/secrets/proved.yaml", secrets_proved),
  FILE_OF("rules/secrets/saas.yaml", secrets_saas),
  FILE_OF("rules/secrets/source-hosts.yaml", secrets_source_hosts),
};

const int tg_rule_file_count = sizeof files / sizeof files[0];

tg_rule_file_t tg_rule_file(int index) { return files[index]; }
