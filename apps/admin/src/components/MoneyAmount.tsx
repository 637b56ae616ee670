import type { Money } from "@preceptor/domain";
import { Tooltip } from "@mantine/core";

/** An amount with its currency; the exact value on hover. */
export const MoneyAmount = ({ value }: { value: Money | null | undefined }) =>
  value === null || value === undefined ? (
    <>–</>
  ) : (
    <Tooltip label={`${value.amount} ${value.currency}`}>
      <span className="figures">
        {value.amount.toLocaleString("en-US", { style: "currency", currency: value.currency })}
      </span>
    </Tooltip>
  );
