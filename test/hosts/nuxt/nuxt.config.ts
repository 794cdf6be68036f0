export default defineNuxtConfig({
  compatibilityDate: '2025-12-01',
  nitro: { esbuild: { options: { target: 'es2022' } } },
  vue: { compilerOptions: { isCustomElement: (tag) => tag === 'upgrade-offer' } },
});
