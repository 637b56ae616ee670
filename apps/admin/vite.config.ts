import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// In development the API answers on its own port; built, the API serves dist/ itself.
const api = process.env.PRECEPTOR_API_URL ?? "http://127.0.0.1:4600";

export default defineConfig(({ command }) => {
  // A NODE_ENV around us, a test run's for one, would build React's development copy: several times slower, for everybody.
  if (command === "build") process.env.NODE_ENV = "production";
  return {
    root: import.meta.dirname,
    plugins: [react()],
    server: {
      host: "127.0.0.1",
      port: 4610,
      proxy: { "/api": { target: api, changeOrigin: false } },
    },
    build: {
      outDir: "dist",
      emptyOutDir: true,
      sourcemap: false,
      manifest: true,
      target: "es2023",
    },
  };
});
