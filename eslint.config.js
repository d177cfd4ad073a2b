/**
 * ESLint reads components, and of the rules for Vue also what stands beside them in .ts. All other
 * rules for .ts are in `.oxlintrc.json`; what stands here for components stands there too.
 */
import js from '@eslint/js'
import globals from 'globals'
import ts from 'typescript'
import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import vueA11y from 'eslint-plugin-vuejs-accessibility'

const fileSize = { max: 300, skipBlankLines: true, skipComments: true }

// typescript-eslint builds its program from whole .vue files, and builds it anew for each one when
// the parser then hands it the script alone. Read as scripts from the start, all share one program.
// Where the two texts differ, as with `generic`, linting is slower and its answers are the same.
const readFile = ts.sys.readFile
ts.sys.readFile = (file, encoding) => {
  const text = readFile(file, encoding)
  return file.endsWith('.vue') ? /<script[^>]*>(.*)<\/script>/s.exec(text)?.[1] : text
}

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'test-results', 'playwright-report', 'sandbox'] },
  {
    ignores: ['**/*.ts'],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: {
      globals: { ...globals.browser, ...globals.worker },
      parserOptions: {
        parser: tseslint.parser,
        project: './tsconfig.page.json',
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      'max-lines': ['error', fileSize],
      'no-eval': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      // A promise that is thrown away on purpose is written `void …`.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/{app,features,i18n,stores,ui}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    languageOptions: { parser: tseslint.parser },
    // A directive for a rule that oxlint holds looks needless here.
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
  ...vue.configs['flat/recommended'],
  ...vueA11y.configs['flat/recommended'],
  {
    rules: {
      // Hoisted static styles become innerHTML, which the content security policy refuses.
      'vue/no-static-inline-styles': 'error',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      // The types say which props are optional, and that they are undefined then.
      'vue/require-default-prop': 'off',
      // Prettier owns the layout.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: globals.node,
      parserOptions: { project: null },
    },
  },
)
