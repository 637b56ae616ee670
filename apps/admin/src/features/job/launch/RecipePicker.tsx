import { Radio, SimpleGrid, Stack, Text } from "@mantine/core";
import classes from "./RecipePicker.module.css";
import type { RecipeChoice } from "./recipe-draft.ts";

interface RecipePickerProps {
  readonly recipes: readonly RecipeChoice[];
  readonly value: string | null;
  readonly onChange: (recipe: RecipeChoice) => void;
}

export const RecipePicker = ({ recipes, value, onChange }: RecipePickerProps) => (
  <Radio.Group
    aria-label="Recipe"
    value={value}
    onChange={(name) => {
      const recipe = recipes.find((one) => one.name === name);
      if (recipe) onChange(recipe);
    }}
  >
    <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }}>
      {recipes.map((recipe) => (
        <Radio.Card key={recipe.name} value={recipe.name} p="md" className={classes.card}>
          <Stack gap={4}>
            <Text fw={600}>{recipe.title}</Text>
            <Text size="xs" c="dimmed">
              {recipe.kind} · {recipe.name}@{recipe.version}
            </Text>
            <Text size="sm" c="dimmed">
              {recipe.description}
            </Text>
          </Stack>
        </Radio.Card>
      ))}
    </SimpleGrid>
  </Radio.Group>
);
