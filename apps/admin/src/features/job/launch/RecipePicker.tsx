import { Radio, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import classes from "./RecipePicker.module.css";
import type { RecipeChoice } from "./recipe-draft.ts";

interface RecipePickerProps {
  readonly recipes: readonly RecipeChoice[];
  readonly value: string | null;
  readonly onChange: (recipe: RecipeChoice) => void;
}

/** The heading is the group's label: an `aria-label` would end up on a wrapper that has no role. */
export const RecipePicker = ({ recipes, value, onChange }: RecipePickerProps) => (
  <Radio.Group
    label={
      <Title order={2} mb="sm">
        Recipe
      </Title>
    }
    value={value}
    onChange={(name) => {
      const recipe = recipes.find((one) => one.name === name);
      if (recipe) onChange(recipe);
    }}
  >
    {recipes.length === 0 && (
      <Text size="sm" c="dimmed">
        No recipe is registered here yet. From the command line a job can bring its own program.
      </Text>
    )}
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
